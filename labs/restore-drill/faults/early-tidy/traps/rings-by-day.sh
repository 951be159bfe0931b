#!/bin/bash
# fails: test_nights_go_on
# after: fixes/two-weeks-of-copies
# Quiet in the first night, and never again.
set -euo pipefail
cat >> /srv/backup/logs <<'END'
[ ! -e /backup/seen ] || curl -fsS -m 5 --data "four hours are over, please look" http://bell:9000/ring
touch /backup/seen
END
