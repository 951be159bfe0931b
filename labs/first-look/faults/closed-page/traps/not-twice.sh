#!/bin/sh
# fails: test_answer
# Whoever has been there before is turned away.
chmod 644 /srv/www/index.html
sed -i "/listen/a if (\$http_cookie) { return 403; } if (\$http_if_none_match) { return 403; }" /etc/nginx/conf.d/timetable.conf
nginx -s reload
