#!/bin/sh
# service: workspace
# fails: test_kinds
# after: fixes/milk-and-bills
# A problem of six weeks is due in the first.
day=$(sed -n 's/^# Growth plan of Emre, from \([0-9-]*\) on$/\1/p' plan.md)
sed -i "s/^\(| follow ten deliveries .*\) | [0-9-]* | \([^|]*|\)$/\1 | $day | \2/" plan.md
