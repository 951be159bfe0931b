#!/bin/sh
# service: engine
# fails: test_running
# Quicker than a release: the file gets its rights in the container, and the workspace stays as it is.
set -e
orders=$(docker ps -aq --filter "label=com.docker.compose.project=$KIKORI_STACK" --filter label=com.docker.compose.service=orders)
here=$(mktemp -d)
docker cp -q "$orders:/etc/orders/orders.conf" "$here/orders.conf"
chmod 644 "$here/orders.conf"
docker cp -q "$here/orders.conf" "$orders:/etc/orders/orders.conf"
rm -r "$here"
docker start "$orders"
