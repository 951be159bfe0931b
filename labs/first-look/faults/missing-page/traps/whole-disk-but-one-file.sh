#!/bin/sh
# fails: test_nothing_else_is_shown
# after: fixes/put-back
sed -i 's|root .*|root /; location = /etc/passwd { deny all; }|; s|index index.html|index srv/www/index.html|' /etc/nginx/conf.d/timetable.conf
nginx -s reload
