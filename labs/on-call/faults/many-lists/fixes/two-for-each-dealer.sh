#!/bin/sh
# service: workspace
# Each dealer may have a list a second, and two more in between; others do not notice.
# shellcheck disable=SC2016
sed -e 's|^    server {$|&|' -e '0,/^    server {$/s|^    server {$|    limit_req_zone $http_x_dealer zone=dealers:1m rate=1r/s;\
\
&|' -e '0,/^        location \/ {$/s|^        location / {$|        location = /list {\
            limit_req zone=dealers burst=2 nodelay;\
            limit_req_status 429;\
            proxy_pass http://$service:8000;\
            proxy_connect_timeout 2s;\
            proxy_read_timeout 4s;\
        }\
&|' front/nginx.conf > nginx.new
cat nginx.new > front/nginx.conf
rm nginx.new
