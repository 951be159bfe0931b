#!/bin/sh
# service: workspace
# fails: test_next_time
# Half a list in a second for all dealers together: the one who asks most gets nearly all of it.
# shellcheck disable=SC2016
sed -e '0,/^    server {$/s|^    server {$|    limit_req_zone $server_port zone=dealers:1m rate=30r/m;\
\
&|' -e '0,/^        location \/ {$/s|^        location / {$|        location = /list {\
            limit_req zone=dealers;\
            limit_req_status 429;\
            proxy_pass http://$service:8000;\
        }\
&|' front/nginx.conf > nginx.new
cat nginx.new > front/nginx.conf
rm nginx.new
