#!/bin/sh
# fails: test_requests_can_be_found
chmod 644 /etc/logrotate.d/nginx
sed -i 's/rotate 7/rotate 0/' /etc/logrotate.d/nginx
: > /data/log/access.log
