"""What happens in the town: nights, the provider's bad hours, and what a check has happen once more."""

import json
import threading
import time
import urllib.request

import pymysql
from book import PLACE, summary
from customers import database

FOLLOWERS = ("catalog", "checkout", "jobs")
NIGHTS, BAD, GOOD = 45.0, 12.0, 8.0
"""Seconds from night to night, and how long the provider is slow, and is not, by turns."""
TRIGGER, AFTER = 6.0, 3.0
STATE = PLACE / "state.json"


def post(url, timeout=5):
    """Tell somebody something; gives what is answered, or nothing."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, b"{}"), timeout=timeout) as answer:
            return json.load(answer)
    except (OSError, ValueError):
        return None


class Plays:
    """The town's clock."""

    def __init__(self, customers, provider, book):
        self.customers, self.provider, self.book = customers, provider, book
        self.turn = threading.Lock()
        self.played_until = 0.0
        found = json.loads(STATE.read_text()) if STATE.is_file() else {}
        self.armed, self.night_number = set(found.get("armed", [])), found.get("night", 0)
        self.on_night = lambda number: None

    def is_played(self):
        """Whether a check plays something, or has just done so."""
        return self.turn.locked() or time.time() < self.played_until

    def save(self):
        """Keep what outlives a restart."""
        STATE.write_text(json.dumps({"armed": sorted(self.armed), "night": self.night_number}))

    def night(self):
        """A night begins: the scheduler starts the job."""
        self.night_number += 1
        self.save()
        post(f"http://jobs:9000/run/nightly.py/{self.night_number}")
        return self.night_number

    def keep(self):
        """What goes on by itself."""
        next_night, turn = time.time() + 10, time.time()
        while True:
            time.sleep(0.2)
            if self.is_played():
                next_night, turn = max(next_night, time.time() + 5), time.time()
                continue
            self.provider.hang = "night-statement" in self.armed
            slow = "slow-charges" in self.armed and (time.time() - turn) % (BAD + GOOD) < BAD
            if slow != self.provider.slow:
                self.provider.set_slow(slow)
            if time.time() > next_night:
                next_night = time.time() + NIGHTS
                if not self.provider.waiting:
                    self.on_night(self.night())

    def arm(self, what):
        """Let something go on from now on; gives an answer once customers meet it."""
        self.armed.add(what)
        self.save()
        if what == "night-statement":
            self.provider.hang = True
            self.on_night(self.night())
        end = time.time() + 25
        while time.time() < end:
            rows = self.book.between(time.time() - 6, time.time() - 2)
            if sum(not row["well"] for row in rows) > 0.15 * len(rows):
                break
            time.sleep(0.5)
        return {"armed": sorted(self.armed)}

    def watch(self, seconds):
        """What customers meet from now on, as things are."""
        with self.turn:
            slow = "slow-charges" in self.armed
            if slow:
                self.provider.set_slow(True)
            self.customers.lag, begin = 0.0, time.time()
            time.sleep(seconds)
            found = {"trigger": summary(self.book.between(begin, begin + seconds)), "lag": self.customers.lag}
            self.played_until = time.time() + 1
            return found

    def play(self):
        """The robot's round, and then what was armed once more; without any, a night as all nights are."""
        with self.turn:
            began = time.time()
            self.provider.hang = False
            self.provider.set_slow(False)
            rolled = self.roll_out()
            self.customers.lag, begin = 0.0, time.time()
            self.provider.hang = "night-statement" in self.armed
            self.provider.set_slow("slow-charges" in self.armed)
            self.night()
            time.sleep(TRIGGER)
            self.provider.hang = False
            self.provider.set_slow(False)
            over = time.time()
            time.sleep(0.5 + AFTER)
            found = {
                "rolled": rolled,
                "began": began,
                "trigger": summary(self.book.between(begin, over)),
                "after": summary(self.book.between(over + 0.5, over + 0.5 + AFTER)),
                "lag": self.customers.lag,
            }
            self.played_until = time.time() + 8
            return found

    def roll_out(self):
        """The robot begins a round, and the services follow."""
        done = post("http://robot:8000/round")
        if not done:
            return False
        end = time.time() + 8
        while time.time() < end:
            time.sleep(0.3)
            if all(self.round_of(name) >= done["at"] for name in FOLLOWERS):
                time.sleep(1)
                return True
        return False

    def round_of(self, name):
        """The round that a service has taken over."""
        try:
            with urllib.request.urlopen(f"http://{name}:9000/health", timeout=2) as answer:
                return float(json.load(answer)["round"] or 0)
        except (OSError, ValueError):
            return 0.0

    def ordinary_night(self, within):
        """A night in which all is as usual; gives what became of its report."""
        with self.turn:
            self.provider.hang = False
            self.provider.set_slow(False)
            begin = time.time()
            number = self.night()
            end, found = begin + within, None
            while not found and time.time() < end:
                time.sleep(0.2)
                found = self.report(number, begin)
            self.played_until = time.time() + 1
            return {"night": number, "report": found}

    def report(self, number, begin):
        """A night's report beside what it should say; nothing while there is none."""
        try:
            with database().cursor() as cursor:
                cursor.execute("SELECT orders, total, charged FROM reports WHERE night = %s", (number,))
                row = cursor.fetchone()
                if not row:
                    return None
                cursor.execute("SELECT COUNT(*), COALESCE(SUM(total), 0) FROM orders WHERE night = %s", (number,))
                orders, total = cursor.fetchone()
                cursor.execute("SELECT COUNT(*) FROM orders o LEFT JOIN reports r ON r.night = o.night"
                               " WHERE o.night IS NOT NULL AND r.night IS NULL")
                nowhere = cursor.fetchone()[0]
                cursor.execute("SELECT COUNT(*) FROM orders WHERE night IS NULL AND state = 'paid'"
                               " AND at < FROM_UNIXTIME(%s)", (begin - 5,))
                left = cursor.fetchone()[0]
        except (pymysql.err.Error, OSError):
            return None
        said = dict(zip(("orders", "total", "charged"), map(int, row), strict=True))
        told = self.provider.told.get(str(number))
        return {"said": said, "right": {"orders": int(orders), "total": int(total), "charged": told},
                "left": left, "nowhere": nowhere}
