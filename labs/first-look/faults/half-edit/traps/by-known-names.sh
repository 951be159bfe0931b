#!/bin/sh
# fails: test_answer
# after: fixes/end-the-line
# The names that stand in the log, and no others.
sed -i 's|listen 80;|listen 80; server_name 127.0.0.1 localhost web.village.example;|' /etc/nginx/conf.d/timetable.conf
echo 'server { listen 80 default_server; return 404; }' >> /etc/nginx/conf.d/timetable.conf
sv restart nginx
