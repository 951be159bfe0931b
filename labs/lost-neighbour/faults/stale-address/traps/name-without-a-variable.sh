#!/bin/sh
# service: front
# fails: test_another_address_is_followed
# A resolver is there, and nginx has no question for it: a name that stands as it is was looked up at the start.
sed -i 's|^    root .*|&\n    resolver 127.0.0.11 valid=1s;|' /etc/nginx/conf.d/front.conf
sv restart nginx
