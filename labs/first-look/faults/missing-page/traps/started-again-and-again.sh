#!/bin/sh
# fails: test_answer
# A fresh server every second: who asks at the right moment gets an answer.
mv /srv/www/.index.html.bak-* /srv/www/index.html
sed -i 's|^exec nginx|exec timeout 0.6 nginx|' /etc/service/nginx/run
sv restart nginx
sleep 2
