#!/bin/sh
# service: workspace
# fails: test_alerts
# after: fixes/read-from-the-files
# No alert wakes anybody.
sed -i 's/| page |/| ticket |/' design.md
