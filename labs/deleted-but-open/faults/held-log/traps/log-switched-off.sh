#!/bin/sh
# fails: test_requests_can_be_found
sed -i 's|access_log .*|access_log off;|' /etc/nginx/nginx.conf
sv restart nginx
