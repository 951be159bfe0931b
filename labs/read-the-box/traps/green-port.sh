#!/bin/sh
# service: workspace
# fails: test_restart
# after: fixes/with-tools
# The ports are open again after a restart, so nobody is said to be cut off.
sed -i -E 's/^  cut: .*/  cut: []/' inventory.yaml
