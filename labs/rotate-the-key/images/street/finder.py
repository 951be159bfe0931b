"""Somebody who found a key: opens a session with it, keeps that open, and comes again when it is ended or refused.

They wait inside the database. So they notice at once when their session is ended, and are back at once if they can be.
"""

import threading
import time

import pymysql

LEAKED = ("nursery", "k7P/9fTq+Wz2=Lx5bN")
EVERY = 0.5
PATIENCE = 4
GIVES_UP = 15
"""Seconds after which a key that is refused is thrown away; the leaked one is tried for ever."""
INTERRUPTED = 1317
"""MariaDB's number for a query that was ended; whether the session is ended too, the next one shows."""
holders = {}


def login(user, key, host="database"):
    """A session."""
    return pymysql.connect(host=host, user=user, password=key, connect_timeout=PATIENCE, read_timeout=PATIENCE)


class Holder:
    """Holds one session open for as long as it can, and remembers how it fared."""

    def __init__(self, user, key):
        """Begin at once."""
        self.user, self.key, self.session = user, key, 0
        self.tries, self.refused_since, self.told = 0, 0.0, ""
        threading.Thread(target=self.hold, daemon=True).start()

    def stay(self, line):
        """Use a session for as long as there is one."""
        while True:
            with line.cursor() as cursor:
                cursor.execute("SELECT CONNECTION_ID()")
                self.session = cursor.fetchone()[0]
                self.tries += 1
                try:
                    cursor.execute("SELECT SLEEP(%s)", (EVERY,))
                except pymysql.Error as problem:
                    if problem.args[:1] != (INTERRUPTED,):
                        raise

    def hold(self):
        """Open, use, and come again."""
        while True:
            try:
                with login(self.user, self.key) as line:
                    self.refused_since = 0.0
                    self.stay(line)
            except (pymysql.Error, OSError) as problem:
                was_in, self.session = self.session, 0
                self.told = str(problem.args[-1] if problem.args else problem)
                refused = bool(problem.args) and problem.args[0] in (1045, 1130, 4151, 1698)
                if refused:
                    self.refused_since = self.refused_since or time.time()
                    if time.time() - self.refused_since > GIVES_UP and (self.user, self.key) != LEAKED:
                        holders.pop((self.user, self.key), None)
                        return
            self.tries += 1
            if not was_in:
                time.sleep(EVERY)

    def state(self):
        """How it fares now."""
        return {
            "id": id(self),
            "user": self.user,
            "session": self.session,
            "tries": self.tries,
            "refused_since": self.refused_since,
            "told": self.told,
        }


def hold(user, key):
    """Hold a session with a key, once for each."""
    if (user, key) not in holders:
        holders[user, key] = Holder(user, key)


def states():
    """How all fare, that of the leaked key first."""
    return [one.state() for one in list(holders.values())]
