#!/bin/sh
# service: workspace
# fails: test_after_a_quiet_while
# The right number in the wrong network.
cat >> compose.yaml <<'YAML'
  front:
    sysctls:
      net.ipv4.tcp_keepalive_time: 1
      net.ipv4.tcp_keepalive_intvl: 1
YAML
