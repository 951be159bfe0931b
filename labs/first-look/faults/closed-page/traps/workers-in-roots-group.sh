#!/bin/sh
# fails: test_workers_are_not_root
# The group may read the page now, and the workers whatever root's group may read.
chmod 640 /srv/www/index.html
sed -i 's/^user .*/user www-data root;/' /etc/nginx/nginx.conf
sv restart nginx
