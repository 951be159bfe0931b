#!/bin/sh
# service: front
# fails: test_booking
# after: fixes/looked-up-while-it-runs
# To take a booking back is refused.
# shellcheck disable=SC2016 # nginx's variables
sed -i 's|proxy_pass .*|&\n        limit_except GET POST { deny all; }|' /etc/nginx/conf.d/front.conf
sv restart nginx
