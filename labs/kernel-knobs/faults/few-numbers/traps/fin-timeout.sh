#!/bin/sh
# service: workspace
# fails: test_all_evening
# On every list. It is another state's clock: TIME-WAIT lasts 60 seconds whatever stands here.
sed 's/^\( *\)net.ipv4.ip_local_port_range.*/&\
\1net.ipv4.tcp_fin_timeout: 5/' compose.yaml > new.yaml
mv new.yaml compose.yaml
