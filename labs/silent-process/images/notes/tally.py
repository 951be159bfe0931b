"""Counts the notes for the wall: one for each line that comes through the pipe."""

import os

import paths

with os.fdopen(os.open("/run/notes/tally", os.O_RDWR), encoding="utf-8", buffering=1) as lines:
    while lines.readline():
        draft = paths.TALLY.with_suffix(".new")
        draft.write_text(f"{int(paths.TALLY.read_text()) + 1}\n")
        draft.rename(paths.TALLY)
