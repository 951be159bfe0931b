#!/bin/bash
# fails: test_no_key_beside_the_dumps
# after: fixes/the-old-key-again
# Each night is opened once, with the key from the safe, which is gone again afterwards.
set -euo pipefail
cat >> /srv/backup/nightly <<'END'
curl -fsS -u safe:48-17-62 http://spare:8000/2025.key > "$work/key"
age -d -i "$work/key" "$place/$night.sql.gz.age" | gzip --test
END
