#!/bin/sh
# service: workspace
# fails: test_names
# after: fixes/read-from-the-files
# A port that there is, and another path than its own.
port=$(sed -n 's/^| Port for metrics | \([0-9]*\) .*/\1/p' design.md)
sed -i "s,:[0-9]*/snapshot,:$port/snapshot," design.md
