#!/bin/sh
# fails: test_log_says_who_asked
# after: fixes/where-the-number-is
# Short lines fill no disk.
sed -i -f /dev/stdin /etc/nginx/nginx.conf <<'END'
/access_log/c\
    log_format short '$request $status';\
    access_log /data/log/access.log short;
END
nginx -s reload
