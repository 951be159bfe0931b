#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/read-from-the-files
# No time is told after which one stops to wait.
sed -i '/^| stop /s/| [0-9]* s |/| as long as it takes |/' design.md
