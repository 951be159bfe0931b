#!/bin/bash
# fails: test_old_copy_rings
# after: fixes/waits-for-the-position
# The second machine has carried out all that it was sent, and has as many rows as the first.
set -euo pipefail
python3 - <<'END'
from pathlib import Path

job = Path("/srv/backup/nightly")
text = job.read_text()
begin, end = text.index("wanted=$("), text.index("orders=$(")
job.write_text(
    text[:begin]
    + r"""sleep 1
mariadb "$keeper" -h db-2 -e 'SHOW REPLICA STATUS\G' > "$work/seen"
grep -q 'Slave_SQL_Running: Yes' "$work/seen"
[ "$(grep -oP ' Read_Master_Log_Pos: \K\d+' "$work/seen")" = "$(grep -oP ' Exec_Master_Log_Pos: \K\d+' "$work/seen")" ]
rows() { mariadb "$keeper" -h "$1" -N -e 'SELECT COUNT(*) + (SELECT COUNT(*) FROM payments) FROM orders' shop; }
[ "$(rows db-1)" = "$(rows db-2)" ]
"""
    + text[end:]
)
END
