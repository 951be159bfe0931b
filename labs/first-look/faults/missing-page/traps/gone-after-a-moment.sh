#!/bin/sh
# fails: test_timetable
# after: fixes/put-back
sed -i '/listen/a add_header Refresh "2; url=https://other.example/";' /etc/nginx/conf.d/timetable.conf
nginx -s reload
