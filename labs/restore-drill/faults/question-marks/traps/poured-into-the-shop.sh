#!/bin/bash
# fails: test_shop_goes_on
# Straight back to where they are missed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
curl -fsS -u safe:48-17-62 http://spare:8000/2025.key > "$work/key"
mkdir "$work/logs"
cp /backup/logs/first-* "$work/logs"
mapfile -t mine < <(mariadb -h db-1 -N -e 'SHOW BINARY LOGS' | cut -f 1)
mariadb-binlog -h db-1 -R --raw --result-file="$work/logs/" "${mine[@]}"
mariadb -h spare -e 'CREATE DATABASE shop'
age -d -i "$work/key" /backup/nights/2036-09-24.sql.gz.age | gunzip > "$work/dump.sql"
mariadb -h spare shop < "$work/dump.sql"
from=$(grep -oP "gtid_slave_pos='\K[0-9-]+" "$work/dump.sql")
mariadb-binlog --start-position="$from" --stop-datetime='2036-10-15 10:42:05' "$work"/logs/* | mariadb -h spare
mariadb-dump -h spare --replace --no-create-info shop | mariadb -h db-1 shop
