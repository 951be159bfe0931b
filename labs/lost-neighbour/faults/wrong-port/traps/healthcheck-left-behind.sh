#!/bin/sh
# service: front
# fails: test_healthy
# The page has moved to the published number, and whoever looks after it still knocks at the old one.
sed -i "s/listen 80;/listen $KIKORI_DOOR;/" /etc/nginx/conf.d/front.conf
sv restart nginx
