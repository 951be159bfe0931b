#!/bin/sh
# service: front-2
# fails: test_next_time
# The front is mended where it runs, until the robot makes its round.
sed 's/rate=2r/rate=200r/' /tmp/nginx.conf > /tmp/mended.conf
cat /tmp/mended.conf > /tmp/nginx.conf
nginx -c /tmp/nginx.conf -s reload
