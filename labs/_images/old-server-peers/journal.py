"""What was sent to the old server since it was handed out, and what came back: by it the server's records can be held.

It lies on the peers' own disk, so that it outlives a restart of them that comes after one of the server.
"""

import json
import time
from pathlib import Path

PLACE = Path("/var/tmp/journal.json")  # noqa: S108  # the peers' own
MOST = 2000
"""Lines to the bank that are kept."""


def now():
    """This moment on each clock by which a kernel dates: that of files, of processes, and of addresses."""
    return [time.time(), time.clock_gettime(time.CLOCK_BOOTTIME), time.monotonic()]


class Journal:
    """Counts for each caller, by address: what was sent, what was answered, what can't have arrived."""

    def __init__(self, place=None, told=None):
        """Begin one, or go on with what was ``told``; without a place it is kept nowhere."""
        told = told or {}
        self.place = place
        self.laid = told.get("laid", 0)
        self.done = told.get("done", [])
        self.counts = told.get("counts", {})
        self.bank = told.get("bank", [])

    @classmethod
    def found(cls, place=PLACE):
        """Go on with the one that lies there."""
        try:
            return cls(place, json.loads(place.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return cls(place)

    def begin_anew(self):
        """Give the one that follows: the server is handed out, and what goes on with this one is written nowhere."""
        place, self.place = self.place, None
        following = Journal(place, {"laid": int(time.time())})
        following.keep()
        return following

    def started(self):
        """Note that the server has started, and hands have ended."""
        self.done = now()
        self.keep()

    def sent(self, who):
        """Somebody is about to send something."""
        self._count(who, 0)

    def answered(self, who):
        """That was answered well."""
        self._count(who, 1)

    def in_vain(self, who):
        """That can't have arrived, or did nothing."""
        self._count(who, 2)

    def _count(self, who, which):
        self.counts.setdefault(who, [0, 0, 0])[which] += 1
        self.keep()

    def paid(self, said):
        """Somebody told the bank something."""
        self.bank = [*self.bank, [time.time(), said[:80]]][-MOST:]
        self.keep()

    def told(self):
        """Say all of it."""
        return {"laid": self.laid, "done": self.done, "counts": self.counts, "bank": self.bank}

    def keep(self):
        """Write it down, whole or not at all."""
        if self.place:
            beside = self.place.with_suffix(".new")
            beside.write_text(json.dumps(self.told()), encoding="utf-8")
            beside.replace(self.place)
