#!/bin/sh
# service: workspace
# As Docker does it where the platform does not ask for more.
printf '    sysctls:\n      - net.ipv4.ip_unprivileged_port_start=0\n' >> compose.yaml
