#!/bin/sh
# service: edge
sed -i 's/^exec/ulimit -S -n 4096\
&/' /etc/service/nginx/run
sv restart nginx
