#!/bin/sh
# fails: test_rush_leaves_nothing_behind
# Nothing is ever let go of: before it is rotated, the log is copied to the system's disk.
chmod 644 /etc/logrotate.d/nginx
mkdir /srv/archive
sed -i -f /dev/stdin /etc/logrotate.d/nginx <<'END'
/sharedscripts/i\
    prerotate\
        cp /data/log/access.log "/srv/archive/$(date +%s%N).log"\
    endscript
END
: > /data/log/access.log
