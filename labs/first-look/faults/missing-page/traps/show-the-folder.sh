#!/bin/sh
# fails: test_timetable
sed -i 's/index index.html;/autoindex on;/' /etc/nginx/conf.d/timetable.conf
sv restart nginx
