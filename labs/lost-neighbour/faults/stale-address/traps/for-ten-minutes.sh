#!/bin/sh
# service: front
# fails: test_another_address_is_followed
# Looked up while it runs, and then believed for as long as the name server says.
# shellcheck disable=SC2016 # nginx's variables
sed -i -e 's|^    root .*|&\n    resolver 127.0.0.11;|' \
  -e 's|proxy_pass .*|set $where seats;\n        proxy_pass http://$where:8000;|' /etc/nginx/conf.d/front.conf
sv restart nginx
