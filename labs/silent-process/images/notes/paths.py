"""Where the processes of the notes service keep what they share."""

from pathlib import Path

HOME = Path("/var/lib/notes")
WAITING = HOME / "in"
CLAIMED = HOME / "work"
PRINTED = HOME / "out"
REGISTER = HOME / "register.csv"
LOCK = HOME / "register.lock"
JOURNAL = HOME / "orders.log"
TALLY = HOME / "tally"
PRINTER_PIPE = Path("/run/notes/printer")
CONFIG = Path("/etc/notes/notes.conf")
