#!/bin/sh
# service: workspace
# fails: test_after_a_quiet_while
# On many lists. The line is dead all the same, and somebody has to wait until that is noticed.
sed 's/^\( *\)net.core.somaxconn.*/&\
\1net.ipv4.tcp_retries2: 3/' compose.yaml > new.yaml
mv new.yaml compose.yaml
