#!/bin/sh
# service: workspace
# fails: test_for_hours
# The kernel keeps four notes and throws the others away: ports are free at once, and late packets meet strangers.
sed 's/^\( *\)net.ipv4.ip_local_port_range.*/&\
\1net.ipv4.tcp_max_tw_buckets: 4/' compose.yaml > new.yaml
mv new.yaml compose.yaml
