#!/bin/sh
# fails: test_timetable
# after: fixes/end-the-line
# A browser shows the source of what is called plain text.
sed -i '/listen/a types { } default_type text/plain;' /etc/nginx/conf.d/timetable.conf
sv restart nginx
