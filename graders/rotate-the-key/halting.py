# ruff: noqa: PTH113, PTH116, PTH118, PTH123, PTH208, S102, S608  # it looks all the time, with as little as it can
"""Kills a rotation where that tells most, whatever order it works in, and says why it did so then.

A server may go down between any two steps. What hurts is the gap in which the shop's key has been changed, and what is
written there now opens nothing yet; it may last a millisecond, and no drawn moment would meet it. So each change of an
account is held up: the tables of accounts are read under a lock, for which whoever changes one waits. While it waits it
does nothing else, and the files can be looked at. Is it in the gap, then it is killed there, and what it waited for is
not done; else it goes on after some milliseconds. Logins go on meanwhile: they need no table.

A rotation that opens an account before its key is handed over has no such gap. It is killed at a drawn moment, or as
soon after as a key of the shop's was changed. No verdict comes from here: a right rotation may be killed at any moment.

It is handed to ``python3 -c`` in the host's process namespace, as a sidecar's program is, with the server's volumes.
"""

import itertools
import json
import os
import signal
import sys
import threading
import time
from importlib import import_module

EVERY = 0.01
LARGEST = 65536
MOST = 200
"""Folders that are looked at in each place: a link may lead in a circle."""
RIGHTS = ("db", "tables_priv", "columns_priv", "roles_mapping")
LOCK = "LOCK TABLES " + ", ".join(f"mysql.{table} READ" for table in ("global_priv", *RIGHTS))
WAITING = "SELECT id FROM information_schema.processlist WHERE state LIKE 'Waiting for table%' AND user <> 'inspector'"


def texts(places):
    """What the files in some places say, by their paths, those behind links too."""
    found = {}
    for place in places:
        for folder, _, names in itertools.islice(os.walk(place, followlinks=True), MOST):
            for path in (os.path.join(folder, name) for name in names):
                try:
                    if os.stat(path).st_size <= LARGEST and os.path.isfile(path):
                        with open(path, encoding="utf-8", errors="replace") as opened:
                            found[path] = opened.read()
                except OSError:
                    continue
    return found


def opening(inspector, cursor):
    """What opens an account that may do something: one without a right serves nobody yet."""
    able = {user for table in RIGHTS for (user,) in inspector.rows(cursor, f"SELECT User FROM mysql.{table}")}
    return {key for one in inspector.accounts(cursor) if one["user"] in able for key in one["keys"]}


def rotating(first):
    """The number of the rotation's ``timeout`` in the process namespace of a process; 0 where there is none."""
    space = os.stat(f"/proc/{first}/ns/pid").st_ino
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as opened:
                words = opened.read().split(b"\0")
            is_it = words[:3] == [b"timeout", b"-s", b"KILL"] and words[4:5] == [b"rotate"]
            if is_it and os.stat(f"/proc/{pid}/ns/pid").st_ino == space:
                return int(pid)
        except OSError:
            continue
    return 0


class Watch:
    """The shop's keys in the files, as they were and as they are."""

    def __init__(self, places, held, found_in):
        """Remember the files that have one of these keys, by what the database holds of them."""
        self.places, self.found_in = places, found_in
        self.before = {path: text for path, text in texts(places).items() if found_in(text, set(held))}

    def has_changed(self):
        """Whether one of them says something else now, or is away; where there are none, nobody can tell."""
        now = texts(self.places)
        return not self.before or any(now.get(path) != text for path, text in self.before.items())

    def is_in_the_gap(self, wanted):
        """Whether one of them says nothing of what opens an account."""
        now = texts(self.places)
        return any(not self.found_in(now.get(path, ""), wanted) for path in self.before)


def halt(inspector, first, moment, watch):
    """Hold up, look, and kill; gives why."""
    with inspector.connect() as holding, holding.cursor() as reads, inspector.connect().cursor() as looks:
        reads.execute(LOCK)
        print("ready", flush=True)
        pid, began = 0, 0.0
        while True:
            pid = pid or rotating(first)
            began = began or (time.monotonic() if pid else 0.0)
            waiting = inspector.rows(looks, WAITING)
            in_the_gap = bool(pid and waiting) and watch.is_in_the_gap(opening(inspector, reads))
            if in_the_gap or (pid and time.monotonic() - began >= moment and watch.has_changed()):
                os.killpg(pid, signal.SIGKILL)
                for (number,) in waiting:
                    looks.execute(f"KILL {number}")
                return "gap" if in_the_gap else "drawn"
            if waiting:
                reads.execute("UNLOCK TABLES")
                reads.execute(LOCK)
            threading.Event().wait(EVERY)


def main(first, told):
    """Do it, as far as the database and the rotation let it be done."""
    sys.path.insert(0, "/srv/street")
    inspector, words = import_module("inspector"), {}
    exec(told["words"], words)
    watch = Watch(told["places"], told["held"], words["found_in"])
    try:
        print(halt(inspector, first, told["moment"], watch), flush=True)
    except (inspector.pymysql.Error, ProcessLookupError) as problem:
        print(f"ready, over: {problem}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
