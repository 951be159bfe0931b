#!/bin/sh
# fails: test_server_comes_back
# What the supervisor watches never ends; nginx may.
chmod 644 /srv/www/index.html
sed -i "s|^exec nginx.*|nginx; exec sleep infinity|" /etc/service/nginx/run
sv restart nginx
sleep 1
