#!/bin/sh
# The old host is tried for a second; and numbers are given out first, so that nobody asks the carrier with the lock in hand.
# Which of two parcels is booked first is open, and so is the order of their lines in the register.
python3 - <<'PY'
import re
from pathlib import Path

file = Path("/srv/notes/clerk.py")
new = '''def enter(order, carrier):
    given = paths.HOME / "given.csv"
    with register() as rows:
        for number, known, tracking in rows:
            if known == order["order"]:
                return int(number), tracking
        numbers = [row.split(";") for row in given.read_text().splitlines()] if given.exists() else []
        number = next((int(number) for number, known in numbers if known == order["order"]), 0)
        if not number:
            number = max(int(row[0]) for row in [*rows, *numbers]) + 1
            with given.open("a", encoding="utf-8") as file:
                file.write(f"{number};{order['order']}\\n")
    tracking = carrier.book(number, order)
    with register(), paths.REGISTER.open("a", encoding="utf-8") as file:
        file.write(f"{number};{order['order']};{tracking}\\n")
    return number, tracking


'''
file.write_text(re.sub(r"def enter\(.*?(?=def tell)", lambda _: new, file.read_text(), flags=re.DOTALL))
PY
sed -i -e "s|^addresses = .*|& http://labels.$KIKORI_CARRIER.example:8443|" -e 's|^patience =.*|patience = 1|' \
  /etc/notes/notes.conf
sv force-restart clerk-1 clerk-2
