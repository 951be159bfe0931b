#!/bin/sh
# fails: test_nothing_piles_up
# after: fixes/counted-without-a-pipe
# The pipe is still told, for whoever may read it one day, and no clerk waits for that: a thread does, for each note.
sed -i -e 's|^    tell(paths.PRINTER_PIPE|    threading.Thread(target=tell, args=(tally, str(number)), daemon=True).start()\
&|' -e 's|^import sys|&\
import threading|' /srv/notes/clerk.py
sv force-restart clerk-1 clerk-2
