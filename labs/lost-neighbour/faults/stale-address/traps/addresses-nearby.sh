#!/bin/sh
# service: front
# fails: test_another_address_is_followed
# Every address at which seats was ever seen, and no other.
around=$(ip -4 -o addr show scope global | awk 'NR == 1 { sub(/[0-9]+\/.*/, "", $4); print $4 }')
{
  echo 'upstream seats_somewhere {'
  for last in $(seq 2 12); do echo "    server $around$last:8000 max_fails=0;"; done
  echo '}'
} > /etc/nginx/conf.d/00-seats.conf
sed -i -e 's|proxy_pass .*|proxy_pass http://seats_somewhere;\n        proxy_next_upstream error timeout non_idempotent;|' \
  -e 's|proxy_connect_timeout .*|proxy_connect_timeout 100ms;|' /etc/nginx/conf.d/front.conf
sv restart nginx
