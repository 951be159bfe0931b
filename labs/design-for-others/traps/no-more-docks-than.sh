#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/read-from-the-files
# It has to be more than that, and this says less.
sed -i '/snapshot/s/| \([0-9]*\) docks or more |/| at most \1 docks |/' design.md
