#!/bin/sh
# Nobody writes into the pipe any more; the desk counts the register's lines, which are the notes.
sed -i 's/^    tell(tally, str(number))$//' /srv/notes/clerk.py
sed -i 's/"\/tally": paths.TALLY.read_text}/"\/tally": lambda: f"{len(paths.REGISTER.read_text().splitlines()) - 1}\\n"}/' \
  /srv/notes/desk.py
sv restart clerk-1 clerk-2 desk
