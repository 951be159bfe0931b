#!/bin/sh
# service: workspace
# fails: test_ports
# after: fixes/with-tools
# Only the logs that are not packed are read: who calls once a month is not in them.
seen=$(docker exec "$KIKORI_STACK-box-1" sh -c "cat /var/log/nginx/access.log /var/log/nginx/access.log.1" |
  awk '{ print $1 }' | sort -u | paste -sd, -)
sed -i -E "/default|nginx, callers: \[[0-9]/s/callers: \[[^]]*\]/callers: [$seen]/" inventory.yaml
