#!/bin/sh
# fails: test_nothing_else_is_shown
# What lies beside the page is public, too.
mv /srv/www/.index.html.bak-* /etc/nginx/index.html
sed -i 's|root .*|root /etc/nginx;|' /etc/nginx/conf.d/timetable.conf
nginx -s reload
