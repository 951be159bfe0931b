#!/bin/sh
# fails: test_workers_are_not_root
sed -i 's/^user .*/user root;/' /etc/nginx/nginx.conf
sv restart nginx
