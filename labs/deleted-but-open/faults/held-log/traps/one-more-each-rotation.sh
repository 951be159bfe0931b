#!/bin/sh
# fails: test_rush_leaves_nothing_behind
# after: fixes/where-the-number-is
# The rotation leaves a process behind each time: some in a rush, hundreds in a month.
sed -i '/postrotate/a\        sleep 86400 > /dev/null 2>\&1 \&' /etc/logrotate.d/nginx
