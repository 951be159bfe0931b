#!/bin/sh
# service: front
# fails: test_page
# Inside, curl is content.
sed -i "s/listen 80;/listen 80;\n    listen 127.0.0.1:$KIKORI_DOOR;/" /etc/nginx/conf.d/front.conf
sv restart nginx
