#!/bin/sh
# service: workspace
sed -e 's/tcp_keepalive_time: 600/tcp_keepalive_time: 1/' \
  -e 's/tcp_keepalive_intvl: 15/tcp_keepalive_intvl: 1/' compose.yaml > new.yaml
mv new.yaml compose.yaml
