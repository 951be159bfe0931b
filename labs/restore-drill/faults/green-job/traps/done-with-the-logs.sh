#!/bin/bash
# fails: test_bad_dump_rings
# after: fixes/looked-at-before-it-is-locked
# The bell rings by itself where nobody says that all is well; it is said by the job that runs before.
set -euo pipefail
sed -i -e '/^curl .*done$/d' -e "/^trap 'failed/d" -e '/^failed() {/,/^}/d' /srv/backup/nightly
# shellcheck disable=SC2016
echo 'curl -fsS -m 5 --data "$(date +%F)" http://bell:9000/done' >> /srv/backup/logs
