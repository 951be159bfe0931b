#!/bin/bash
# fails: test_logs_stay_few
# Whoever purges nothing purges nothing too early.
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
mapfile -t left < <(printf '%s\n' "$work"/logs/* | tail -n 2)
mariadb-binlog --stop-datetime='2036-10-15 10:42:05' "${left[@]}" | mariadb -h spare

sed -i -e '/^if \[/,/^fi/d' -e '/^find/d' /srv/backup/logs
