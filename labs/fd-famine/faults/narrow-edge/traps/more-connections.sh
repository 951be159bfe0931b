#!/bin/sh
# service: edge
# fails: test_boards
# As many as one likes, with 64 descriptors.
sed -i 's/worker_connections .*/worker_connections 8192;/' /etc/nginx/nginx.conf
sv restart nginx
