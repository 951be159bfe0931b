#!/bin/sh
# service: edge
# fails: test_boards
# The desk never meets its limit again, since most boards get no further than here.
# shellcheck disable=SC2016 # a variable of nginx
sed -i -e 's|^    access_log off;|&\
    limit_conn_zone $server_name zone=all:1m;|' -e 's|^            proxy_buffering off;|&\
            limit_conn all 40;|' /etc/nginx/nginx.conf
sv restart nginx
