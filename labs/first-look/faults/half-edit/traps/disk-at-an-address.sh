#!/bin/sh
# fails: test_nothing_else_is_shown
# after: fixes/end-the-line
# The disk begins below an address of its own.
sed -i '/listen/a location /files/ { alias /; }' /etc/nginx/conf.d/timetable.conf
sv restart nginx
