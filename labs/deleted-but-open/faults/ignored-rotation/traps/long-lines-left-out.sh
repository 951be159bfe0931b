#!/bin/sh
# fails: test_requests_can_be_found
# The lines that make the log large are not written.
: > /data/log/access.log
sed -i -f /dev/stdin /etc/nginx/nginx.conf <<'END'
/access_log/c\
    map $request_uri $is_short {\
        "~^.{500}" 0;\
        default 1;\
    }\
    access_log /data/log/access.log combined if=$is_short;
END
sv restart nginx
