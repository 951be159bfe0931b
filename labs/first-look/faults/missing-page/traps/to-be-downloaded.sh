#!/bin/sh
# fails: test_timetable
# The name tells nginx no type, so browsers save the page in place of showing it.
name=$(basename /srv/www/.index.html.bak-*)
sed -i "s|index index.html|index $name|" /etc/nginx/conf.d/timetable.conf
nginx -s reload
