#!/bin/sh
# service: workspace
# fails: test_dependencies
# after: fixes/read-from-the-files
# What becomes of it, and what else may.
sed -i '/^| registry /s/\(stops\|stale\) |/\1, unless it waits |/' design.md
