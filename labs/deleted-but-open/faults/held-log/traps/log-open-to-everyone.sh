#!/bin/sh
# fails: test_logs_are_not_open
# after: fixes/where-the-number-is
sed -i 's/create 640/create 666/' /etc/logrotate.d/nginx
