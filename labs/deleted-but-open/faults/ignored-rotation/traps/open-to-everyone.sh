#!/bin/sh
# fails: test_files_are_not_open
chmod 777 /etc/logrotate.d/nginx
: > /data/log/access.log
