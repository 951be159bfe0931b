#!/bin/sh
# service: workspace
# fails: test_backup
# after: fixes/in-another-hand
# A backup is restored, and the one that loses the most.
sed -i 's/ls -t /ls -tr /' design.md
