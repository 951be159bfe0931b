#!/bin/sh
# service: workspace
# fails: test_doors_open
# From every list on the web: a queue that isn't the one that is full.
sed 's/^\( *\)net.core.somaxconn.*/&\
\1net.ipv4.tcp_max_syn_backlog: 65535\
\1net.ipv4.tcp_syn_retries: 3/' compose.yaml > new.yaml
mv new.yaml compose.yaml
