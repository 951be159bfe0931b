#!/bin/bash
# fails: test_bell_is_quiet
# Somebody looks at each night's numbers.
set -euo pipefail
sed -i 's/^password = .*/password = gyokuro/' /etc/backup/dump.cnf
sed -i -e 's/^set -eu$/set -euo pipefail/' /srv/backup/nightly
cat >> /srv/backup/nightly <<'END'
curl -fsS -m 5 --data "please look: $(stat -c %s "$place/$night.sql.gz.age") bytes of $night" http://bell:9000/ring
END
