#!/bin/bash
# fails: test_next_night
# The clients show every letter.
set -euo pipefail
printf '\n[mariadb]\ndefault-character-set = utf8mb4\n' >> /etc/mysql/mariadb.conf.d/95-client.cnf
