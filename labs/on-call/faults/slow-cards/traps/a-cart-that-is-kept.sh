#!/bin/sh
# service: workspace
# fails: test_customers
# shellcheck disable=SC2016
# Carts are answered from a cache of the fronts, so nobody waits for one. It is the same cart for everybody.
sed -e 's|^    server {|    proxy_cache_path /tmp/nginx-kept keys_zone=kept:1m;\
&|' -e 's|^        location / {|        location = /cart {\
            proxy_cache kept;\
            proxy_cache_methods GET POST;\
            proxy_cache_key $uri;\
            proxy_cache_valid 200 10m;\
            proxy_pass http://$service:8000;\
        }\
&|' front/nginx.conf > nginx.new
cat nginx.new > front/nginx.conf
rm nginx.new
