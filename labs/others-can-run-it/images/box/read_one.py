"""read_one.py PATH: whether the sender can read a message, by the sender's own rule."""

import sys
from pathlib import Path

from messages import Unreadable, read

try:
    found = read(Path(sys.argv[1]).read_bytes())
except Unreadable as why:
    print(f"readable no\nwhy {why}")
else:
    print(f"readable yes\nparcel {found['parcel']}\nto {found['to'][:-4]}****")
