#!/bin/sh
# service: desk
# Slips wait in a table, which is written with the claim; a second program takes them to the printer.
set -e
python3 - <<'PY'
import sys
from pathlib import Path

sys.path.insert(0, "/srv/desk")
import store

with store.transaction() as cursor:
    cursor.execute(
        "CREATE TABLE slips (id INT AUTO_INCREMENT PRIMARY KEY, station INT, number INT, phone VARCHAR(16))"
    )
file = Path("/srv/desk/desk.py")
text = file.read_text()
text = text.replace(
    "        printer.print_slip(number, told)\n",
    "        cursor.execute(\n"
    '            "INSERT INTO slips (station, number, phone) VALUES (%s, %s, %s)",\n'
    '            [told["station"], number, told["phone"]],\n'
    "        )\n",
)
file.write_text(text)
Path("/srv/desk/slips.py").write_text('''"""Takes the slips that wait to the printer, all that are there at a time."""

import time
from concurrent.futures import ThreadPoolExecutor

import printer
import store

with ThreadPoolExecutor(8) as hands:
    while True:
        try:
            waiting = store.rows("SELECT id, station, number, phone FROM slips ORDER BY id LIMIT 8")
            list(hands.map(lambda slip: printer.print_slip(slip["number"], slip), waiting))
            with store.transaction() as cursor:
                for slip in waiting:
                    cursor.execute("DELETE FROM slips WHERE id = %s", [slip["id"]])
        except store.pymysql.MySQLError as problem:
            print(f"slips: {problem}", flush=True)
            waiting = ()
        time.sleep(0 if waiting else 0.3)
''')
PY
mkdir -p /etc/service/slips
cat > /etc/service/slips/run <<'END'
#!/bin/sh
exec >> /var/log/desk/slips.log 2>&1
exec chpst -u desk python3 /srv/desk/slips.py
END
chmod 755 /etc/service/slips/run
sv restart desk
