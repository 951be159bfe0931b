#!/bin/sh
printf 'server {\n  listen 80 default_server;\n  location / { root /srv/www; }\n}\n' > /etc/nginx/conf.d/timetable.conf
