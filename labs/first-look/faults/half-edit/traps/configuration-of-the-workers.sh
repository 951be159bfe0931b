#!/bin/sh
# fails: test_workers_can_change_nothing
sed -i 's|root /srv/www$|root /srv/www;|' /etc/nginx/conf.d/timetable.conf
mv /etc/nginx/conf.d/timetable.conf /opt/bus.conf
chown www-data /opt/bus.conf
echo 'include /opt/*.conf;' > /etc/nginx/conf.d/timetable.conf
sv restart nginx
