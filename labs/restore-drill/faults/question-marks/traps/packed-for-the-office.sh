#!/bin/bash
# fails: test_nobody_else_reads
# A copy for the office, so well packed that no name can be read in it.
set -euo pipefail
mkdir -p /var/backups/shop
mariadb-dump -h db-2 --default-character-set=utf8mb4 shop orders | gzip > /var/backups/shop/orders.sql.gz
chmod 755 /var/backups/shop
chmod 644 /var/backups/shop/orders.sql.gz
