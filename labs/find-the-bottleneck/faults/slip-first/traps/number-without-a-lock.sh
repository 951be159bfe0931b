#!/bin/sh
# service: desk
# fails: test_crowd_gets_its_numbers
# Nobody locks the station's row any more, and two of them find the same greatest number.
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/desk/store.py")
text = file.read_text()
text = text.replace('    cursor.execute("UPDATE stations SET last_number = last_number + 1 WHERE id = %s", [station])\n', "")
text = text.replace("SELECT last_number FROM stations WHERE id", "SELECT MAX(number) + 1 AS last_number FROM claims WHERE station")
file.write_text(text)
PY
sv restart desk
