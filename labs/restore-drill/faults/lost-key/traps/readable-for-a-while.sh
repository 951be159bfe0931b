#!/bin/bash
# fails: test_after_bad_nights
# after: fixes/the-old-key-again
# Written beside the nights, and taken away once it is locked: if it comes to that.
set -euo pipefail
# shellcheck disable=SC2016
sed -i -e 's|^work=.*|work=$place|' -e "/^trap 'rm -rf/d" -e 's|^mv .*|&\nrm "$work/dump.sql"|' /srv/backup/nightly
