#!/bin/sh
# fails: test_answer
# Whoever comes with a telephone is turned away.
chmod 644 /srv/www/index.html
sed -i "/listen/a if (\$http_user_agent ~ 'Android|Wget|python') { return 403; }" /etc/nginx/conf.d/timetable.conf
nginx -s reload
