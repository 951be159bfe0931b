#!/bin/sh
# The page has a name of its own, and whoever asks for the folder is sent there.
mv /srv/www/.index.html.bak-* /srv/www/timetable.html
sed -i 's|index index.html;|absolute_redirect off; location = / { return 302 /timetable.html; }|' /etc/nginx/conf.d/timetable.conf
nginx -s reload
