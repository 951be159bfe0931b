#!/bin/sh
sed -i 's|/run/nginx/nginx\.pid|/run/nginx.pid|g' /etc/logrotate.d/nginx
kill -USR1 "$(cat /run/nginx.pid)"
