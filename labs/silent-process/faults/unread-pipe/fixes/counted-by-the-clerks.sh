#!/bin/sh
# Whoever writes a line of the register writes down how many there are, with the lock in hand.
sed -i -e 's/^    tell(tally, str(number))$//' -e 's|^        return number, tracking|        draft = paths.TALLY.with_suffix(".new")\
        draft.write_text(f"{len(rows)}\\n")\
        draft.rename(paths.TALLY)\
&|' /srv/notes/clerk.py
sv force-restart clerk-1 clerk-2
