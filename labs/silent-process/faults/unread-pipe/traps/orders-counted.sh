#!/bin/sh
# fails: test_notes_are_counted
# The desk counts what it takes, and counts an order that was taken back as well.
sed -i 's/^    tell(tally, str(number))$//' /srv/notes/clerk.py
sed -i -e 's/paths\.TALLY\.read_text/counted/g' -e '/^ORDER = /a\
\
\
def counted():\
    taken = paths.JOURNAL.read_text().count(" taken ")\
    return f"{taken}\\n"' /srv/notes/desk.py
sv restart clerk-1 clerk-2 desk
