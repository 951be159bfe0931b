"""Somebody who found a key: opens a session with it, keeps that open, and comes again when it is ended or refused."""

import threading
import time

import pymysql

LEAKED = ("nursery", "k7P/9fTq+Wz2=Lx5bN")
EVERY = 0.5
PATIENCE = 4
GIVES_UP = 15
"""Seconds after which a key that is refused is thrown away; the leaked one is tried for ever."""
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

    def hold(self):
        """Open, use, and come again."""
        while True:
            try:
                with login(self.user, self.key) as line:
                    self.refused_since = 0.0
                    while True:
                        with line.cursor() as cursor:
                            cursor.execute("SELECT CONNECTION_ID()")
                            self.session = cursor.fetchone()[0]
                        self.tries += 1
                        time.sleep(EVERY)
            except (pymysql.Error, OSError) as problem:
                self.session, self.told = 0, str(problem.args[-1] if problem.args else problem)
                refused = bool(problem.args) and problem.args[0] in (1045, 1130, 4151, 1698)
                if refused:
                    self.refused_since = self.refused_since or time.time()
                    if time.time() - self.refused_since > GIVES_UP and (self.user, self.key) != LEAKED:
                        holders.pop((self.user, self.key), None)
                        return
            self.tries += 1
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
