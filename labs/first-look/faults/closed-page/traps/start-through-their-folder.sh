#!/bin/sh
# fails: test_workers_can_change_nothing
# Root executes what lies in a folder of the workers.
chmod 644 /srv/www/index.html
mkdir -p /var/lib/nginx/body
chown www-data /var/lib/nginx/body
printf '#!/bin/sh\nexit 0\n' > /var/lib/nginx/body/prepare
chmod 755 /var/lib/nginx/body/prepare
sed -i '2i /var/lib/nginx/body/prepare' /etc/service/nginx/run
sv restart nginx
