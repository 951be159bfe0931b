#!/bin/bash
# fails: test_two_nights_are_kept
# after: fixes/two-weeks-of-copies
# Nobody restores to a moment of last month.
set -euo pipefail
sed -i 's/| sort | head -n -84 | xargs -r rm/-mtime +14 -delete/' /srv/backup/logs
