#!/bin/sh
# fails: test_requests_can_be_found
# after: fixes/where-the-number-is
# One older log beside the one that is written: after two rushes in a row the first of them is gone.
sed -i -e 's/size 2M/size 3500k/' -e 's/rotate 7/rotate 1/' /etc/logrotate.d/nginx
