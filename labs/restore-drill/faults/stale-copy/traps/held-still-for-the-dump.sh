#!/bin/bash
# fails: test_next_night
# after: fixes/waits-for-the-position
# While the dump is made, the second machine stands still: so nothing changes under it.
set -euo pipefail
# shellcheck disable=SC2016
sed -i -e "s|^mariadb-dump |mariadb \"\$keeper\" -h db-2 -e 'STOP SLAVE SQL_THREAD'\n&|" \
  -e "s|^# Is it whole|mariadb \"\$keeper\" -h db-2 -e 'START SLAVE SQL_THREAD'\n&|" /srv/backup/nightly
