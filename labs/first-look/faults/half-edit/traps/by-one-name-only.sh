#!/bin/sh
# fails: test_answer
# after: fixes/end-the-line
# The other names of the server lead to nothing.
sed -i 's|listen 80;|listen 80; server_name 127.0.0.1;|' /etc/nginx/conf.d/timetable.conf
echo 'server { listen 80 default_server; return 444; }' >> /etc/nginx/conf.d/timetable.conf
sv restart nginx
