#!/bin/sh
# fails: test_timetable
# after: fixes/put-back
sed -i '/listen/a types { application/xhtml+xml html; }' /etc/nginx/conf.d/timetable.conf
nginx -s reload
