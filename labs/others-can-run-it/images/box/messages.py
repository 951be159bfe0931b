"""What lies in the sender's folders, and whether it can be read."""

import json
from pathlib import Path

PLACE = Path("/srv/lockers")
SUFFIX = ".json"


class Unreadable(Exception):
    """A message that can't be sent as it is; says why."""


def waiting(place=PLACE):
    """The names of what waits, the oldest first."""
    return sorted(path.name.removesuffix(SUFFIX) for path in (place / "waiting").glob(f"*{SUFFIX}"))


def read(content):
    """A message as the provider takes it.

    Raises:
        Unreadable: it is none.
    """
    if not content.strip():
        raise Unreadable("it is empty")
    try:
        found = json.loads(content.decode())
    except UnicodeDecodeError:
        raise Unreadable("its letters are not UTF-8") from None
    except ValueError:
        raise Unreadable("it is no JSON, or ends too early") from None
    if not isinstance(found, dict):
        raise Unreadable("it is a list or a single value")
    for key in ("parcel", "to", "text"):
        if not isinstance(found.get(key), str) or not found[key]:
            raise Unreadable(f"it has no {key}")
    return found
