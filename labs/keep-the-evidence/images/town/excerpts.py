"""Which lines of the server's own logs stand in no copy: whoever copies an excerpt leaves out what looks like noise."""

import re
import time
from calendar import timegm
from contextlib import suppress

STAMP = re.compile(r"(\d{4}-\d\d-\d\d_\d\d:\d\d:\d\d)\.\d.*"), "%Y-%m-%d_%H:%M:%S"
FORMS = {
    "access": (re.compile(r"\[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d) \+0000\].*"), "%d/%b/%Y:%H:%M:%S"),
    "sshd": STAMP,
    "jobs": STAMP,
}
"""What a line of each log has from its time on: a list may have put a name before it."""
FILES = {"access": "access"}
"""What a file of the log is called where others lie beside it."""


def left_out(name, there, found, until):
    """How many lines of the server's log, from before some moment, stand in no copy, and when the first was written."""
    line, form = FORMS[name]
    wanted = {}
    for piece in there:
        if piece.top == f"{name}.tar" and FILES.get(name, "") in piece.path:
            for told in line.finditer(piece.text):
                with suppress(ValueError):
                    wanted[told[0]] = timegm(time.strptime(told[1], form))
    wanted = {text: at for text, at in wanted.items() if at <= until}
    for piece in found if wanted else ():
        for told in line.finditer(piece.text):
            wanted.pop(told[0], None)
    return [len(wanted), min(wanted.values(), default=None)]
