#!/bin/sh
# service: edge
# fails: test_boards
# Room enough, and to have still more of it a connection on which nothing was said for five seconds is ended.
sed -i -e 's/^worker_processes .*/&\
worker_rlimit_nofile 2048;/' -e 's/proxy_read_timeout 1h;/proxy_read_timeout 5s;/' /etc/nginx/nginx.conf
sv restart nginx
