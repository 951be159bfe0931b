#!/bin/sh
# service: desk
# fails: test_nonsense_finds_nothing
# An index finds what a text begins with, too, so whoever types a part of a number sees all that begin so.
python3 - <<'PY'
import sys

sys.path.insert(0, "/srv/desk")
import store

with store.transaction() as cursor:
    cursor.execute("CREATE INDEX by_phone ON claims (phone)")
PY
sed -i 's/FROM claims WHERE phone = %s/FROM claims WHERE phone LIKE %s/' /srv/desk/store.py
sv restart desk
