#!/bin/sh
# service: desk
# fails: test_nonsense_finds_nothing
# The column holds numbers, and whatever is typed is compared with them: the database reads as far as it is a number.
python3 - <<'PY'
import sys

sys.path.insert(0, "/srv/desk")
import store

with store.transaction() as cursor:
    cursor.execute("ALTER TABLE items MODIFY tag INT UNSIGNED NOT NULL")
PY
sed -i 's|"/items/<int:tag>"|"/items/<tag>"|' /srv/desk/desk.py
sv restart desk
