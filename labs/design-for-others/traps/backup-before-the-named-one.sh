#!/bin/sh
# service: workspace
# fails: test_backup
# after: fixes/read-from-the-files
# This restore names its file, and the next one takes the newest.
sed -i 's/^| | .tally-restore /| | tally-backup | exit code 0 | 2 min | go on without it |\n&/' design.md
