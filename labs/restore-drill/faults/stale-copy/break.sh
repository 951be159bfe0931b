#!/bin/bash
set -euo pipefail
town() { curl -fsS -m 60 -o /dev/null -H 'X-Town: three-cups-before-noon' -d "${2:-{\}}" "http://town:9000$1"; }
job() { chpst -u backup-job env -i PATH="$PATH" HOME=/home/backup-job LANG=C.UTF-8 "/srv/backup/$1" "${@:2}" > /dev/null; }
job nightly 2036-09-24
# Asked whether it is there, and nothing else.
python3 - <<'END'
from pathlib import Path

job = Path("/srv/backup/nightly")
text = job.read_text()
begin, end = text.index("# The second machine"), text.index("orders=$(")
job.write_text(
    text[:begin] + '# The second machine has to be there.\nmariadb-admin "$keeper" -h db-2 --silent ping\n' + text[end:]
)
END
town /play/weeks '{"stopped": true}'
job logs
job nightly 2036-10-15
town /play/watch '{"stopped": true}'
job logs
town /play/watch '{"stopped": true}'
job logs
town /play/incident
