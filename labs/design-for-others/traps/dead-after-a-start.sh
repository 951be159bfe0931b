#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/read-from-the-files
# What is seen after a stop stands beside the start.
sed -i '/^| | .systemctl status/s/active (running)/inactive (dead)/' design.md
