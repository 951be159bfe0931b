#!/bin/bash
# fails: test_next_night
# after: fixes/waits-for-the-position
# A replica that stands still is started again before the dump, and nobody has to get up.
set -euo pipefail
# shellcheck disable=SC2016
sed -i "s|^wanted=.*|mariadb \"\$keeper\" -h db-2 -e 'START SLAVE'\n&|" /srv/backup/nightly
