#!/bin/bash
# fails: test_two_nights_are_kept
# after: fixes/two-weeks-of-copies
# Whatever is older than two weeks goes.
set -euo pipefail
# shellcheck disable=SC2016
sed -i 's/| sort | head -n -14 | xargs -r rm/-mtime +14 -delete/' /srv/backup/nightly
