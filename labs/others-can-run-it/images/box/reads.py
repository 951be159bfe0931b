"""reads.py NAME ...: whether the sender can read these messages, by the sender's own rule."""

import sys

from messages import PLACE, SUFFIX, Unreadable, read

for name in sys.argv[1:]:
    path = PLACE / "waiting" / f"{name}{SUFFIX}"
    try:
        found = read(path.read_bytes())
    except FileNotFoundError:
        sys.exit(f"there is no message {name}")
    except Unreadable as why:
        print(f"{name} readable no: {why}")
    else:
        print(f"{name} readable yes: {found['parcel']} for {found['to'][:-4]}****")
