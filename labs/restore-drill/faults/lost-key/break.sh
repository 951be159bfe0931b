#!/bin/bash
set -euo pipefail
town() { curl -fsS -m 60 -o /dev/null -H 'X-Town: three-cups-before-noon' -d "${2:-{\}}" "http://town:9000$1"; }
job() { chpst -u backup-job env -i PATH="$PATH" HOME=/home/backup-job LANG=C.UTF-8 "/srv/backup/$1" "${@:2}" > /dev/null; }
job nightly 2036-09-24
# A key of the vault's own, made on the vault's system disk, of which nothing is left but the half that locks.
age-keygen 2> /dev/null | age-keygen -y > /etc/backup/recipients
town /play/weeks
job logs
job nightly 2036-10-15
town /play/watch
job logs
town /play/watch
job logs
town /play/incident
