#!/bin/sh
sed -i 's|root /srv/www;|root /srv/www|' /etc/nginx/conf.d/timetable.conf
sv term nginx
