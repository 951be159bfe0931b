#!/bin/sh
# service: workspace
# fails: test_for_hours
# after: fixes/used-again-after-a-second
# Two lines that stand beside each other on many lists. Without time stamps no port is used again before its minute.
sed 's/^\( *\)net.ipv4.tcp_tw_reuse.*/&\
\1net.ipv4.tcp_timestamps: 0/' compose.yaml > new.yaml
mv new.yaml compose.yaml
