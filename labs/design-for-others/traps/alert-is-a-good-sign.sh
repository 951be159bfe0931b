#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/read-from-the-files
# What must be seen is the condition at which an alert rings.
sed -i '/snapshot/s/| [0-9]* docks or more |/| tally_docks_silent above 12 |/' design.md
