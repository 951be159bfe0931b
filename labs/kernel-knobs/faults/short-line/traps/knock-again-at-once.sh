#!/bin/sh
# service: front
# fails: test_doors_open
# Nobody waits for the kernel's second: the front gives up after a fifth of it and knocks again. The drops go on.
sed -i 's/proxy_connect_timeout .*/proxy_connect_timeout 200ms;/; s/error_page 502/error_page 502 504/' /etc/nginx/nginx.conf
sed -i 's/location @again {/&\
            proxy_connect_timeout 15s;/' /etc/nginx/nginx.conf
sv restart nginx
