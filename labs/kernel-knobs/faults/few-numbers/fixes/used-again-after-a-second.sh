#!/bin/sh
# service: workspace
# A thousand ports are not enough for a minute of new lines, and are for the second after which each may be used again.
sed 's/^\( *\)net.ipv4.ip_local_port_range.*/\1net.ipv4.ip_local_port_range: 40000 41999\
\1net.ipv4.tcp_tw_reuse: 1/' compose.yaml > new.yaml
mv new.yaml compose.yaml
