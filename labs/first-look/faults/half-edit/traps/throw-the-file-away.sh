#!/bin/sh
# fails: test_answer
rm /etc/nginx/conf.d/timetable.conf
sv restart nginx
