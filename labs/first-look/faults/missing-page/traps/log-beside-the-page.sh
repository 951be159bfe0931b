#!/bin/sh
# fails: test_nothing_else_is_shown
# after: fixes/put-back
# Everybody reads who else was there.
sed -i '/listen/a access_log /srv/www/access.log;' /etc/nginx/conf.d/timetable.conf
sv restart nginx
