#!/bin/bash
# fails: test_old_copy_rings
# Both of its threads have to run.
set -euo pipefail
python3 - <<'END'
from pathlib import Path

job = Path("/srv/backup/nightly")
job.write_text(
    job.read_text().replace(
        'mariadb-admin "$keeper" -h db-2 --silent ping\n',
        "[ \"$(mariadb \"$keeper\" -h db-2 -e 'SHOW REPLICA STATUS\\G' | grep -cE 'Slave_(IO|SQL)_Running: Yes')\" = 2 ]\n",
    )
)
END
