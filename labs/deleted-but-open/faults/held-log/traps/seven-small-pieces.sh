#!/bin/sh
# fails: test_requests_can_be_found
# after: fixes/where-the-number-is
# Seven times 100 KB are written within some seconds of a rush.
sed -i 's/size 2M/size 100k/' /etc/logrotate.d/nginx
