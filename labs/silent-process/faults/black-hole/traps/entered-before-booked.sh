#!/bin/sh
# fails: test_parcels_are_booked
# after: fixes/the-new-address
# The line is written first, so that the lock is free while the carrier thinks; nobody adds the tracking number later.
python3 - <<'PY'
import re
from pathlib import Path

file = Path("/srv/notes/clerk.py")
new = '''def enter(order, carrier):
    with register() as rows:
        number = next((int(row[0]) for row in rows if row[1] == order["order"]), 0)
        if not number:
            number = int(rows[-1][0]) + 1
            with paths.REGISTER.open("a", encoding="utf-8") as file:
                file.write(f"{number};{order['order']};-\\n")
    return number, carrier.book(number, order)


'''
file.write_text(re.sub(r"def enter\(.*?(?=def tell)", lambda _: new, file.read_text(), flags=re.DOTALL))
PY
sv force-restart clerk-1 clerk-2
