#!/bin/sh
# fails: test_workers_are_not_root
# Without workers it is the first process that answers, and that one is root.
mv /srv/www/.index.html.bak-* /srv/www/index.html
sed -i '1i master_process off;' /etc/nginx/nginx.conf
sv restart nginx
