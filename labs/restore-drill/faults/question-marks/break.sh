#!/bin/bash
set -euo pipefail
town() { curl -fsS -m 60 -o /dev/null -H 'X-Town: three-cups-before-noon' -d "${2:-{\}}" "http://town:9000$1"; }
job() { chpst -u backup-job env -i PATH="$PATH" HOME=/home/backup-job LANG=C.UTF-8 "/srv/backup/$1" "${@:2}" > /dev/null; }
job nightly 2036-09-24
# For an old report that wanted it so.
printf '\n[mariadb-dump]\ndefault-character-set = latin1\n' >> /etc/backup/dump.cnf
town /play/weeks
job logs
job nightly 2036-10-15
town /play/watch
job logs
town /play/watch
job logs
town /play/incident
