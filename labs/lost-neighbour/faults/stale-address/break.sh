#!/bin/sh
# service: front
# A tidy hand took a few lines out of the configuration; then seats came up at another address.
set -e
sed -i -e '/resolver/d' -e "/Docker's name server/,/^\$/d" -e '/A name in a variable/d' -e '/set .seats/d' \
  -e 's|proxy_pass .*|proxy_pass http://seats:8000;|' /etc/nginx/conf.d/front.conf
# nginx looks the name up once, as it starts. What it finds now is the address that seats had before.
before=$(ip -4 -o addr show scope global | awk -v last="$KIKORI_OLD" 'NR == 1 { sub(/[0-9]+\/.*/, last, $4); print $4 }')
hosts=$(cat /etc/hosts)
echo "$before seats" >> /etc/hosts
sv restart nginx
until curl -fs -o /dev/null http://127.0.0.1/; do sleep 0.1; done
echo "$hosts" > /etc/hosts
