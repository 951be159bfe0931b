#!/bin/bash
# fails: test_nobody_else_reads
# The colleague who does restores gets along without root.
set -euo pipefail
sed -i '/^\[mariadb-dump\]/,$d' /etc/backup/dump.cnf
useradd --create-home ota
usermod --append --groups backup-job ota
