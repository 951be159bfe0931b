#!/bin/sh
# service: workspace
# fails: test_backup
# after: fixes/read-from-the-files
# What is restored is the broken data.
data=$(sed -n 's/^| Data | \([^ ]*\) .*/\1/p' design.md)
sed -i "s,.tally-restore [^|]*|,tally-restore $data |," design.md
