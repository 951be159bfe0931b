#!/bin/sh
# fails: test_notes_are_counted
# The desk counts the register's lines for /tally; the page on the wall goes on showing what nobody counts any more.
sed -i 's/^    tell(tally, str(number))$//' /srv/notes/clerk.py
sed -i 's/"\/tally": paths.TALLY.read_text}/"\/tally": lambda: f"{len(paths.REGISTER.read_text().splitlines()) - 1}\\n"}/' \
  /srv/notes/desk.py
sv restart clerk-1 clerk-2 desk
