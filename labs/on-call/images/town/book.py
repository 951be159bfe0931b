"""The customers' own book: what each asked for and got, and the orders for which they were thanked."""

import json
import threading
import time
from collections import deque
from pathlib import Path

PLACE = Path("/var/lib/town")
QUICK, LIST, REFUSED = 1.5, 3.0, 2.5
"""Seconds within which an answer has to be there, a dealer's list, and an honest refusal of an order while the provider is slow."""


class Lines:
    """Lines of JSON in a file that outlives a restart."""

    def __init__(self, name):
        self.path = PLACE / name
        self.turn = threading.Lock()

    def read(self):
        """All of them."""
        return [json.loads(line) for line in self.path.read_text().splitlines()] if self.path.is_file() else []

    def add(self, line):
        """One more."""
        with self.turn, self.path.open("a") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


class Book:
    """What customers met, the latest of it in memory; thanked orders on the disk."""

    def __init__(self):
        self.rows = deque(maxlen=20000)
        self.asked = {}
        self.lines = Lines("thanked.jsonl")
        self.thanked = {row["order"]: row for row in self.lines.read()}

    def begin(self, kind):
        """Somebody asks."""
        row = {"at": time.time(), "kind": kind, "seconds": None}
        self.rows.append(row)
        return row

    def end(self, row, status, right, why, slow):
        """And has an answer, or none; ``slow`` tells whether the provider was slow meanwhile."""
        row["status"], row["right"], row["why"] = status, right, why
        seconds = time.time() - row["at"]
        well = right and seconds < (LIST if row["kind"] == "list" else QUICK)
        if row["kind"] == "order" and slow:
            well = seconds < REFUSED and (right or 500 <= status < 600)
        row["well"], row["seconds"] = well, seconds

    def thank(self, number, total, customer):
        """The shop has said that an order is taken."""
        if number not in self.thanked:
            self.thanked[number] = {"order": number, "total": total, "customer": customer, "at": time.time()}
            self.lines.add(self.thanked[number])

    def between(self, begin, end):
        """Who asked in that time, once all of them have an answer."""
        while any(begin <= row["at"] < end and row["seconds"] is None for row in list(self.rows)):
            time.sleep(0.05)
        return [row for row in list(self.rows) if begin <= row["at"] < end]


def summary(rows):
    """Rows in numbers, for each kind of request."""
    found = {}
    for kind in ("browse", "list", "cart", "order", "look"):
        mine = [row for row in rows if row["kind"] == kind]
        bad = [row for row in mine if not row["well"]]
        whys = {}
        for row in bad:
            why = row["why"] or ("slow" if row["right"] else str(row["status"]))
            whys[why] = whys.get(why, 0) + 1
        found[kind] = {
            "asked": len(mine),
            "bad": len(bad),
            "taken": sum(row["right"] for row in mine),
            "whys": whys,
            "slowest": round(max((row["seconds"] for row in mine), default=0.0), 2),
        }
    return found
