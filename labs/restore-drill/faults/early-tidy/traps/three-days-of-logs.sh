#!/bin/bash
# fails: test_two_nights_are_kept
# after: fixes/two-weeks-of-copies
# Six logs a day, for three days: longer than anybody will look for a backup.
set -euo pipefail
sed -i 's/head -n -84/head -n -18/' /srv/backup/logs
