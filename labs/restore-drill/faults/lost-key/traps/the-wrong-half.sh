#!/bin/bash
# fails: test_dump_opens
# The half that locks, twice.
set -euo pipefail
age-keygen 2> /dev/null | age-keygen -y > /etc/backup/recipients
curl -fsS -T /etc/backup/recipients http://spare:8000/2036.key
