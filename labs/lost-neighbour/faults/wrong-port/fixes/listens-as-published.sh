#!/bin/sh
# service: front
sed -i "s/listen 80;/listen 80;\n    listen $KIKORI_DOOR;/" /etc/nginx/conf.d/front.conf
sv restart nginx
