#!/bin/sh
# service: workspace
# fails: test_backup
# after: fixes/in-another-hand
# A backup of what is broken is the newest one, and comes back.
sed -i 's/^| restore | exit code 0 .*/| restore | exit 0 | 10 min | tally-backup | go on without it |\n&/' design.md
