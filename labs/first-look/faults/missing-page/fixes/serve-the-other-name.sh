#!/bin/sh
mv /srv/www/.index.html.bak-* /srv/www/timetable.html
sed -i 's/index index.html/index timetable.html/' /etc/nginx/conf.d/timetable.conf
sv restart nginx
