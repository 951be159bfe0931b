#!/bin/sh
# service: front
# fails: test_booking
# after: fixes/looked-up-while-it-runs
# A long name does not fit through.
sed -i 's|^    root .*|&\n    client_max_body_size 40;|' /etc/nginx/conf.d/front.conf
sv restart nginx
