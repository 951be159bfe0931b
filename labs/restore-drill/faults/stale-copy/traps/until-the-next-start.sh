#!/bin/bash
# fails: test_point_in_time
# after: fixes/waits-for-the-position
# The vault follows db-1 all the time, from a shell: until it is started anew.
set -euo pipefail
sed -i '/^for log in/,/^done/d' /srv/backup/logs
first=$(mariadb -h db-1 -N -e 'SHOW BINARY LOGS' | sed -n 1p | cut -f 1)
setsid --fork chpst -u backup-job mariadb-binlog -h db-1 --read-from-remote-server --raw --stop-never \
  --result-file=/backup/logs/ "$first" < /dev/null > /dev/null 2>&1
