#!/bin/sh
# Nobody writes into the pipe any more; the desk counts the register's lines, which are the notes.
sed -i 's/^    tell(tally, str(number))$//' /srv/notes/clerk.py
sed -i -e 's/paths\.TALLY\.read_text/counted/g' -e '/^ORDER = /a\
\
\
def counted():\
    return f"{len(paths.REGISTER.read_text().splitlines()) - 1}\\n"' /srv/notes/desk.py
sv restart clerk-1 clerk-2 desk
