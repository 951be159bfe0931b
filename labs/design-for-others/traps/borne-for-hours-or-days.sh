#!/bin/sh
# service: workspace
# fails: test_dependencies
# after: fixes/read-from-the-files
# Two lengths of time in one cell.
sed -i '/^| archive /s/\([0-9]*\) |$/\1 hours, 3 days at a pinch |/' design.md
