#!/bin/sh
# fails: test_workers_can_change_nothing
# after: fixes/end-the-line
# It is executed as root at the next start.
chown www-data /usr/sbin/nginx
