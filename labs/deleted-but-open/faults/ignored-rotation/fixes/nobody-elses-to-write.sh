#!/bin/sh
# The log is kept elsewhere first: the rotation has no room to compress it here.
gzip < /data/log/access.log > /var/log/access-until-today.log.gz
: > /data/log/access.log
chmod g-w /etc/logrotate.d/nginx
