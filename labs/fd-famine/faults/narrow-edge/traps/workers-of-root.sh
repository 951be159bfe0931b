#!/bin/sh
# service: edge
# fails: test_edge_rights
# The workers get more, and are root on top of that.
sed -i -e '/^worker_rlimit_nofile/d' -e 's/^user .*/user root;/' -e 's/^worker_processes .*/&\
worker_rlimit_nofile 2048;/' /etc/nginx/nginx.conf
sv restart nginx
