#!/bin/sh
# service: workspace
# fails: test_system
# after: fixes/with-tools
# What the machine has is taken for what the box may use.
all=$(docker exec "$KIKORI_STACK-box-1" awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
sed -i "s/^  memory_mb: .*/  memory_mb: $all/" inventory.yaml
