#!/bin/bash
# fails: test_next_night
# What MariaDB calls utf8 has no room for some names.
set -euo pipefail
sed -i 's/^default-character-set = .*/default-character-set = utf8mb3/' /etc/backup/dump.cnf
