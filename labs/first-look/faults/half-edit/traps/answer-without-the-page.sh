#!/bin/sh
# fails: test_timetable
printf 'server {\n  listen 80;\n  return 200 "the bus is running";\n}\n' > /etc/nginx/conf.d/timetable.conf
sv restart nginx
