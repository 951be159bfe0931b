#!/bin/sh
# fails: test_logs_are_not_open
# after: fixes/where-the-number-is
# The rotation need not be root's; whose the folder is decides where root's nginx writes.
sed -i 's|^ *size .*|    su www-data adm\n&|' /etc/logrotate.d/nginx
sed -i '2i chown www-data /data/log' /etc/service/nginx/run
chown www-data /data/log
