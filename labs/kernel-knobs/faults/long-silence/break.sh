#!/bin/sh
# service: workspace
# author: Yui Nomura <yui@gates.example>
# subject: Keepalive as in the platform team's settings
# Nobody knew why the clocks were set like that. A list of recommended settings had others, so those were taken.
sed -e 's/tcp_keepalive_time: 1$/tcp_keepalive_time: 600/' \
  -e 's/tcp_keepalive_intvl: 1$/tcp_keepalive_intvl: 15/' compose.yaml > new.yaml
mv new.yaml compose.yaml
