#!/bin/bash
# fails: test_no_key_beside_the_dumps
# In the safe, and at hand as well.
set -euo pipefail
age-keygen -o /etc/backup/2036.key 2> /dev/null
chmod 600 /etc/backup/2036.key
curl -fsS -T /etc/backup/2036.key http://spare:8000/2036.key
age-keygen -y /etc/backup/2036.key > /etc/backup/recipients
