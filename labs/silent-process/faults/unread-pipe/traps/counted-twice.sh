#!/bin/sh
# fails: test_notes_are_counted
# after: fixes/back-under-the-supervisor
# To be sure, each clerk tells the tally a second time once the note is printed.
sed -i 's|^    file.unlink()|    tell(tally, str(number))\
&|' /srv/notes/clerk.py
sv force-restart clerk-1 clerk-2
