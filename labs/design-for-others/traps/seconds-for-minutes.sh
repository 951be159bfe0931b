#!/bin/sh
# service: workspace
# fails: test_alerts
# after: fixes/read-from-the-files
# It rings after that many seconds.
sed -i '/^| DocksSilent /s/| \([0-9]*\) |/| \1 s |/' design.md
