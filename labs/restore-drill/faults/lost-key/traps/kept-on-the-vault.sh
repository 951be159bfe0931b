#!/bin/bash
# fails: test_dump_opens
# A new key, where the job can reach it.
set -euo pipefail
age-keygen -o /etc/backup/2036.key 2> /dev/null
chmod 600 /etc/backup/2036.key
age-keygen -y /etc/backup/2036.key > /etc/backup/recipients
