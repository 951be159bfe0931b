#!/bin/sh
# service: box
# fails: test_records
# after: fixes/with-tools
# A job is run by hand, as its user, to see what it writes.
now=$(date +%H:%M)
sleep 5
awk -v now="$now" '{ if (now == sprintf("%02d:%02d", $2, $1)) exit 1 }' /var/spool/cron/crontabs/tsuda || sleep 300
chpst -u tsuda "$(awk '$1 !~ /^#/ { print $6 }' /var/spool/cron/crontabs/tsuda)"
