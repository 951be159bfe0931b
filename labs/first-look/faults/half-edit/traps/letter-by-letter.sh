#!/bin/sh
# fails: test_answer
# after: fixes/end-the-line
# The page comes, some day.
sed -i '/listen/a limit_rate 2;' /etc/nginx/conf.d/timetable.conf
sv restart nginx
