#!/bin/sh
# service: workspace
# fails: test_all_evening
# Each port once a second or so: with 32 of them that is 32 tickets a second at most.
sed 's/^\( *\)net.ipv4.ip_local_port_range.*/&\
\1net.ipv4.tcp_tw_reuse: 1/' compose.yaml > new.yaml
mv new.yaml compose.yaml
