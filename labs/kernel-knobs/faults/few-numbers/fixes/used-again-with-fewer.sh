#!/bin/sh
# service: workspace
# Each port may be used again after a second or two. Forty tickets a second take eighty, a crowd one for each turnstile.
sed 's/^\( *\)net.ipv4.ip_local_port_range.*/\1net.ipv4.ip_local_port_range: 40000 40319\
\1net.ipv4.tcp_tw_reuse: 1/' compose.yaml > new.yaml
mv new.yaml compose.yaml
