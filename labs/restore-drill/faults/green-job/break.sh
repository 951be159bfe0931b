#!/bin/bash
set -euo pipefail
town() { curl -fsS -m 60 -o /dev/null -H 'X-Town: three-cups-before-noon' -d "${2:-{\}}" "http://town:9000$1"; }
job() { chpst -u backup-job env -i PATH="$PATH" HOME=/home/backup-job LANG=C.UTF-8 "/srv/backup/$1" "${@:2}" > /dev/null; }
job nightly 2036-09-24
# The account of the dump got another password, and the job was rewritten to need no room for a copy.
sed -i 's/^password = .*/password = hojicha/' /etc/backup/dump.cnf
python3 - <<'END'
from pathlib import Path

job = Path("/srv/backup/nightly")
head, rest = job.read_text().split("\nmariadb-dump ")
head = head.replace("set -euo pipefail", "set -eu").partition("orders=$(")[0].replace('work=$(mktemp -d)\n', "")
head = head.replace('trap \'rm -rf "$work"\' EXIT\n', "")
tail = rest[rest.index("# Two weeks"):]
job.write_text(
    head
    + "\n# As it comes: no copy lies about in the meantime.\n"
    + "mariadb-dump --defaults-file=/etc/backup/dump.cnf -h db-2 --single-transaction --master-data=2 --gtid \\\n"
    + '  --skip-dump-date shop 2>> "$place/nightly.log" | gzip | age -R /etc/backup/recipients > "$place/$night.sql.gz.age"\n\n'
    + tail
)
END
town /play/weeks
job logs
job nightly 2036-10-15
town /play/watch
job logs
town /play/watch
job logs
town /play/incident
