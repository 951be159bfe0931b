#!/bin/sh
# fails: test_requests_can_be_found
# after: fixes/where-the-number-is
# Small logs, whatever is in them; the oldest is of some seconds ago.
sed -i 's/rotate 7/rotate 12/' /etc/logrotate.d/nginx
sed -i 's|/usr/sbin/logrotate |&-f |' /etc/often/logrotate
