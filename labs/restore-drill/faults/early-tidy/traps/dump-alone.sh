#!/bin/bash
# fails: test_orders_are_back
# What is in the dump is back.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
curl -fsS -u safe:48-17-62 http://spare:8000/2025.key > "$work/key"
mkdir "$work/logs"
cp /backup/logs/first-* "$work/logs"
mapfile -t mine < <(mariadb -h db-1 -N -e 'SHOW BINARY LOGS' | cut -f 1)
mariadb-binlog -h db-1 -R --raw --result-file="$work/logs/" "${mine[@]}"
mariadb -h spare -e 'CREATE DATABASE shop'
age -d -i "$work/key" /backup/nights/2036-10-15.sql.gz.age | gunzip > "$work/dump.sql"
mariadb -h spare shop < "$work/dump.sql"
cat > /srv/recovery.toml <<'END'
lost_orders = 60
recovery_point = "2036-10-15 02:00:00"
recovery_minutes = 10
END
