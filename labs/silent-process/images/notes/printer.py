"""The printer: reads notes from its pipe and prints them, here into a folder."""

import json
import os
import time

import paths

# Opened for both directions, so that there is no end of file when no clerk is writing.
with os.fdopen(os.open(paths.PRINTER_PIPE, os.O_RDWR), encoding="utf-8", closefd=True, buffering=1) as lines:
    while line := lines.readline():
        note = json.loads(line)
        text = (
            f"Delivery note {note['number']}\n"
            f"  {note['count']} x {note['item']} for {note['customer']}\n"
            f"  tracking {note['tracking']}\n"
            f"  {time.time() - note['taken']:.1f} s after the order\n"
        )
        draft = paths.PRINTED / f"{note['order']}.new"
        draft.write_text(text, encoding="utf-8")
        draft.rename(paths.PRINTED / f"{note['order']}.txt")
