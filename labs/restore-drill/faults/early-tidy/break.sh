#!/bin/bash
set -euo pipefail
town() { curl -fsS -m 60 -o /dev/null -H 'X-Town: three-cups-before-noon' -d "${2:-{\}}" "http://town:9000$1"; }
job() { chpst -u backup-job env -i PATH="$PATH" HOME=/home/backup-job LANG=C.UTF-8 "/srv/backup/$1" "${@:2}" > /dev/null; }
job nightly 2036-09-24
# "A dump has everything anyway": one copy is enough, and the first machine needs its room.
# shellcheck disable=SC2016
sed -i -e 's/keep the newest three/keep the newest two/' -e 's/-gt 3 \]/-gt 2 ]/' -e 's/all\[-3\]/all[-2]/' \
  -e 's/^# As long as the oldest.*/# The dump has all of the days before./' -e '/^oldest=/d' \
  -e 's/^\[ -z .*/find "$place" -type f | sort | head -n -1 | xargs -r rm/' /srv/backup/logs
town /play/weeks
job logs
job nightly 2036-10-15
town /play/watch '{"apart": true}'
job logs
town /play/watch
job logs
# A log that somebody still reads is not purged: then once more.
second() { mariadb -h db-1 -N -e 'SHOW BINARY LOGS' | tail -n 2 | head -n 1 | cut -f 1; }
for _ in $(seq 50); do
  [ "$(mariadb -h db-1 -N -e 'SHOW BINARY LOGS' | wc -l)" -gt 2 ] || break
  sleep 0.2
  mariadb -h db-1 -e "PURGE BINARY LOGS TO '$(second)'"
done
town /play/incident
