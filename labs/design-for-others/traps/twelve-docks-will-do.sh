#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/read-from-the-files
# A number of docks with which the planner leaves most of the town out.
sed -i '/snapshot/s/| [0-9]* docks/| 12 docks/' design.md
