#!/bin/sh
# fails: test_upload
# Who sends less needs less.
sed -i 's|client_max_body_size .*|client_max_body_size 100k;|' /etc/nginx/conf.d/roofs.conf
sv restart nginx
