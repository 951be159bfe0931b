#!/bin/sh
# service: front
# shellcheck disable=SC2016 # nginx's variables
sed -i -e 's|^    root .*|&\n    resolver 127.0.0.11 valid=5s;|' \
  -e 's|proxy_pass .*|set $where seats;\n        proxy_pass http://$where:8000;|' /etc/nginx/conf.d/front.conf
nginx -s reload
