#!/bin/sh
# fails: test_workers_can_change_nothing
# The page is root's; the folder in which the workers may put another in its place is theirs.
install -d -o www-data /var/www
cp /srv/www/.index.html.bak-* /var/www/index.html
sed -i 's|root /srv/www;|root /var/www;|' /etc/nginx/conf.d/timetable.conf
sv restart nginx
