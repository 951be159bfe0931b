#!/bin/sh
# fails: test_notes_are_counted
# Opening for both directions never waits; what is written then is read by nobody.
sed -i 's/    with open(pipe, "w", encoding="utf-8") as out:/    with open(pipe, "r+b", buffering=0) as raw, open(raw.fileno(), "w", closefd=False) as out:/' /srv/notes/clerk.py
sv force-restart clerk-1 clerk-2
