#!/bin/sh
# service: edge
# fails: test_burst
# Who is dropped tries again after a second, and again: in the end most are there, and everybody has waited.
sed -i 's/proxy_connect_timeout .*/proxy_connect_timeout 10s;/' /etc/nginx/nginx.conf
sv restart nginx
