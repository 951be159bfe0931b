#!/bin/sh
# service: workspace
# fails: test_stairs
# Four lines of a list: buffers of TCP, and of UDP when the whole machine is short of memory.
sed 's/^\( *\)net.core.somaxconn.*/&\
\1net.ipv4.tcp_rmem: 4096 1048576 16777216\
\1net.ipv4.tcp_wmem: 4096 1048576 16777216\
\1net.ipv4.udp_rmem_min: 1048576/' compose.yaml > new.yaml
mv new.yaml compose.yaml
