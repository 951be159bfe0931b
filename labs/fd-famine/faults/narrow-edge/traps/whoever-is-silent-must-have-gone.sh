#!/bin/sh
# service: edge
# fails: test_boards
# Room enough, and a connection on which nothing was said for twelve seconds is ended: between two plans it goes dark.
sed -i -e 's/^worker_processes .*/&\
worker_rlimit_nofile 2048;/' -e 's/proxy_read_timeout 1h;/proxy_read_timeout 12s;/' /etc/nginx/nginx.conf
sv restart nginx
sleep 32 # the harbour itself sees it, once a plan has been published
