#!/bin/bash
# fails: test_bad_dump_rings
# An empty dump is small.
set -euo pipefail
sed -i 's/^password = .*/password = gyokuro/' /etc/backup/dump.cnf
# shellcheck disable=SC2016
sed -i -e 's|^# Two weeks.*|[ "$(stat -c %s "$place/$night.sql.gz.age")" -gt 1000 ]\n&|' /srv/backup/nightly
