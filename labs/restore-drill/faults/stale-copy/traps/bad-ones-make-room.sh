#!/bin/bash
# fails: test_two_nights_are_kept
# after: fixes/waits-for-the-position
# Two weeks of nights are kept, whatever is in them.
set -euo pipefail
# shellcheck disable=SC2016
sed -i -e 's|^work=.*|&\n: > "$place/$night.sql.gz.age"|' /srv/backup/nightly
