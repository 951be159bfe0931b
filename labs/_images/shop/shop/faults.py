"""Faults that can be switched on while a service runs: a small file, looked at again whenever it has changed.

fault set latency=0.4 [share=0.2] [route=/search]   answers come later by so many seconds
fault set errors=0.05 [route=/orders]               that share of answers is a 500
fault set slow-dependency=0.3 [share=0.5]           the database takes longer by so many seconds
fault set saturation=2                              so many requests are worked on at a time, the others wait
fault set lost-orders [share=0.5]                   accepted, and never completed (checkout)
fault set slow-orders=3                             completed so many seconds later (checkout)
fault set closed                                    no orders are taken, and customers are told so (checkout)
fault clear [NAME ...]                              all, or these
fault show                                          what is on, as JSON
"""

import json
import os
import random
import sys
import threading
import time

PLACE = os.environ.get("SHOP_FAULTS", "/tmp/shop-faults.json")
DEFAULTS = {
    "latency": 0.4, "errors": 0.05, "slow-dependency": 0.3, "saturation": 1,
    "lost-orders": 1, "slow-orders": 3, "closed": 1,
}  # fmt: skip


class Faults:
    """What is on now."""

    def __init__(self, place=PLACE):
        self.place = place
        self.seen = None
        self.on = {}
        self.busy = 0
        self.turn = threading.Condition()

    def now(self):
        """The faults that are on, read again if the file has changed."""
        try:
            stamp = os.stat(self.place).st_mtime_ns
        except OSError:
            stamp = None
        if stamp != self.seen:
            self.seen, self.on = stamp, read(self.place)
        return self.on

    def of(self, name, route=None):
        """The value of a fault for this request; 0 where it is off, for another route, or it is not its turn."""
        found = self.now().get(name)
        if not found or found.get("route") not in (None, route):
            return 0
        return found["value"] if random.random() < found.get("share", 1) else 0

    def enter(self):
        """Wait until there is room for one request more."""
        with self.turn:
            while self.busy >= (self.of("saturation") or 1 << 20):
                self.turn.wait(0.2)
            self.busy += 1

    def leave(self):
        """Make room."""
        with self.turn:
            self.busy -= 1
            self.turn.notify()

    def around(self, view, route):
        """A view that suffers from what is on."""

        def suffering(**values):
            self.enter()
            try:
                time.sleep(self.of("latency", route))
                errors = self.now().get("errors", {})
                if errors.get("route") in (None, route) and random.random() < errors.get("value", 0):
                    raise RuntimeError("something went wrong")
                return view(**values)
            finally:
                self.leave()

        return suffering


def read(place):
    """The faults in a file; none where there is no file."""
    try:
        with open(place, encoding="utf-8") as text:
            return json.load(text)
    except (OSError, ValueError):
        return {}


def write(place, on):
    """Put a whole file in the other's place, so that nobody reads half of it."""
    with open(place + ".new", "w", encoding="utf-8") as text:
        json.dump(on, text)
    os.chmod(place + ".new", 0o644)
    os.replace(place + ".new", place)


def parse(words):
    """One fault from words such as ``latency=0.4 share=0.2``."""
    name, _, value = words[0].partition("=")
    if name not in DEFAULTS:
        raise SystemExit(f"no fault {name}; there are {', '.join(DEFAULTS)}")
    fault = {"value": float(value or DEFAULTS[name])}
    for word in words[1:]:
        key, _, value = word.partition("=")
        if key not in ("share", "route"):
            raise SystemExit(f"{key}: only share= and route= may follow")
        fault[key] = float(value) if key == "share" else value
    return name, fault


def main(words):
    """Do what was asked on the command line."""
    on = read(PLACE)
    if words[:1] == ["set"] and len(words) > 1:
        name, fault = parse(words[1:])
        on[name] = fault
    elif words[:1] == ["clear"]:
        on = {name: fault for name, fault in on.items() if words[1:] and name not in words[1:]}
    elif words != ["show"]:
        raise SystemExit(__doc__)
    if words != ["show"]:
        write(PLACE, on)
    print(json.dumps(on))


if __name__ == "__main__":
    main(sys.argv[1:])
