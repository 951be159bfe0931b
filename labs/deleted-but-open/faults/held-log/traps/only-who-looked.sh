#!/bin/sh
# fails: test_log_says_who_asked
# after: fixes/where-the-number-is
# The insurer asks who saw which photo; who sent one, took one back or signed in is left out.
sed -i -f /dev/stdin /etc/nginx/nginx.conf <<'END'
/access_log/c\
    map $request_method $looked {\
        GET 1;\
        default 0;\
    }\
    access_log /data/log/access.log combined if=$looked;
END
nginx -s reload
