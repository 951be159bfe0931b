#!/bin/sh
# fails: test_server_comes_back
# after: fixes/end-the-line
sed -i 's|^exec nginx|exec timeout 40 nginx|' /etc/service/nginx/run
sv restart nginx
