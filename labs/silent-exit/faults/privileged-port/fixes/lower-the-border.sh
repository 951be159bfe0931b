#!/bin/sh
# service: workspace
sed 's|^  orders:|&\
    sysctls:\
      net.ipv4.ip_unprivileged_port_start: 80|' compose.yaml > compose.new
mv compose.new compose.yaml
