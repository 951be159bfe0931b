#!/bin/bash
# fails: test_nobody_else_reads
# Whoever has to restore one day should not have to look for root first.
set -euo pipefail
sed -i '/^\[mariadb-dump\]/,$d' /etc/backup/dump.cnf
chmod -R o+rX /backup
