#!/bin/sh
# fails: test_space_has_a_name
chmod 644 /etc/logrotate.d/nginx
rm /data/log/access.log
