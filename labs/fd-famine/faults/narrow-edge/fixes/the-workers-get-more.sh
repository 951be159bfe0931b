#!/bin/sh
# service: edge
# nginx raises the limit of its workers itself, up to the hard one.
sed -i 's/^worker_processes .*/&\
worker_rlimit_nofile 2048;/' /etc/nginx/nginx.conf
sv restart nginx
