#!/bin/bash
# fails: test_old_copy_rings
# after: fixes/waits-for-the-position
# Both threads of the second machine run, and it has as many rows as the first one, and the same newest order.
set -euo pipefail
python3 - <<'END'
from pathlib import Path

job = Path("/srv/backup/nightly")
text = job.read_text()
begin, end = text.index("wanted=$("), text.index("orders=$(")
job.write_text(
    text[:begin]
    + r"""[ "$(mariadb "$keeper" -h db-2 -e 'SHOW REPLICA STATUS\G' | grep -cE 'Slave_(IO|SQL)_Running: Yes')" = 2 ]
rows='SELECT COUNT(*), MAX(id), (SELECT COUNT(*) FROM payments) FROM orders'
for _ in 1 2 3 4; do
  first=$(mariadb "$keeper" -h db-1 -N -e "$rows" shop)
  second=$(mariadb "$keeper" -h db-2 -N -e "$rows" shop)
  [ "$first" != "$second" ] || break
  sleep 0.5
done
[ "$first" = "$second" ]
"""
    + text[end:]
)
END
