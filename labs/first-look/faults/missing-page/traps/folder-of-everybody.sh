#!/bin/sh
# fails: test_workers_can_change_nothing
# The page is root's, and whoever likes may put others beside it.
mv /srv/www/.index.html.bak-* /tmp/index.html
sed -i 's|root .*|root /tmp;|' /etc/nginx/conf.d/timetable.conf
nginx -s reload
