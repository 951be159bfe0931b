#!/bin/sh
cat /etc/logrotate.d/nginx >> /etc/logrotate.conf
rm /etc/logrotate.d/nginx
rm /data/log/access.log
nginx -s reopen
