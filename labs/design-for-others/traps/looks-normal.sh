#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/read-from-the-files
# What must be seen is that it looks normal.
sed -i '/^| | .systemctl status/s/| .active (running). |/| it looks normal |/' design.md
