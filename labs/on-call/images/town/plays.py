"""What happens in the town: nights, the provider's bad hours, and what a check has happen once more."""

import json
import random
import socket
import threading
import time
import urllib.request

import pymysql
from agency import Agency, Vault
from book import PLACE, summary
from customers import database
from provider import DAY, SHORT
from warehouse import AGE, GRACE

FOLLOWERS = ("catalog", "checkout", "jobs")
NIGHTS, BAD, GOOD = 45.0, 12.0, 8.0
"""Seconds from night to night, and how long the provider is slow, and is not, by turns."""
BRIEF = 5.0
"""Seconds of a short slowness of the provider, once from night to night."""
BUSY = 2
"""How many times as many customers come while the year's lists are wanted in a play: enough to meet what lasts two seconds."""
PARTS, PATIENCE = 60, 30.0
TRIGGER, TIMES, AFTER, PUSH = 6.0, 3, 3.0, 3.0
CALM, DRAINED = 0.5, 4.0
"""Seconds from the trigger's end until customers are looked at; and where a line has to be served first."""
PAGES, LONGEST, FIRST = 420, 60.0, 18.0
"""Pages of the agency that a play has sent, more than the disk of the logs holds; seconds for that, and of the first edition."""
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

    def __init__(self, customers, provider, warehouse, book):
        self.customers, self.provider, self.warehouse, self.book = customers, provider, warehouse, book
        self.agency, self.vault = Agency(customers), Vault()
        self.turn = threading.Lock()
        self.played_until = 0.0
        found = json.loads(STATE.read_text()) if STATE.is_file() else {}
        self.armed, self.night_number = set(found.get("armed", [])), found.get("night", 0)
        self.brief_at = time.time() - BRIEF
        self.on_night = lambda number: None
        self.list_number, self.list_until, self.list_asked = found.get("list", 0), 0.0, 0
        self.played_night = self.night_number + 1
        """The first night of the last play."""

    def is_played(self):
        """Whether a check plays something, or has just done so."""
        return self.turn.locked() or time.time() < self.played_until

    def save(self):
        """Keep what outlives a restart."""
        STATE.write_text(json.dumps({"armed": sorted(self.armed), "night": self.night_number, "list": self.list_number}))

    def night(self):
        """A night begins: the scheduler starts the job."""
        self.night_number += 1
        self.save()
        post(f"http://jobs:9000/run/nightly.py/{self.night_number}")
        return self.night_number

    def begin_list(self, always=True):
        """Accounting wants the year's list, unless the last one is still on its way."""
        if not always and time.time() < self.list_until and self.parts() < PARTS:
            return
        self.list_number, self.list_until = self.list_number + 1, time.time() + PATIENCE
        self.save()
        post(f"http://jobs:9000/run/yearly.py/{self.list_number}")

    def empty_cache(self):
        """The cache is gone, and another one begins with nothing in it."""
        try:
            with socket.create_connection(("cache", 11211), timeout=2) as line:
                line.sendall(b"flush_all\r\n")
                line.recv(100)
        except OSError:
            pass

    def set_bad(self, bad, brief=None):
        """Have it be as bad as was armed, or well; ``brief`` is for what is over soon, where that differs."""
        brief = bad if brief is None else brief
        self.vault.wanted = "new-texts" in self.armed
        self.provider.few_desks = "many-tries" in self.armed
        self.provider.valid = SHORT if "short-pass" in self.armed else DAY
        self.provider.hang = bad and "night-statement" in self.armed
        slow = (bad and "slow-charges" in self.armed) or (brief and "many-tries" in self.armed)
        if slow != self.provider.slow:
            self.provider.set_slow(slow)
        busy = bad and "cold-pages" in self.armed
        if busy != self.warehouse.busy:
            self.warehouse.set_busy(busy)

    def crawl(self, seconds):
        """A dealer's program is let loose, each time another dealer's; the agency has an edition."""
        if "new-texts" in self.armed:
            self.agency.send(seconds)
        if "many-lists" in self.armed:
            dealer = f"D{random.randrange(100, 999)}"
            threading.Thread(target=self.customers.crawl, args=(dealer, seconds), daemon=True).start()

    def push(self):
        """What happens again and again in a bad time."""
        if "cold-pages" in self.armed:
            self.empty_cache()

    def keep(self):
        """What goes on by itself."""
        next_night, turn, pushed = time.time() + 10, time.time(), 0.0
        while True:
            time.sleep(0.2)
            if self.is_played():
                next_night, turn = max(next_night, time.time() + 5), time.time()
                self.brief_at = turn - BRIEF
                continue
            bad = (time.time() - turn) % (BAD + GOOD) < BAD
            self.set_bad(bad, (time.time() - self.brief_at) % NIGHTS < BRIEF)
            self.provider.hang = "night-statement" in self.armed
            if bad and time.time() - pushed > PUSH:
                self.push()
                self.crawl(PUSH)
                pushed = time.time()
                if "year-list" in self.armed:
                    self.begin_list(always=False)
            if time.time() > next_night:
                next_night = time.time() + NIGHTS
                if not self.provider.waiting:
                    self.on_night(self.night())

    def arm(self, what):
        """Let something go on from now on; gives an answer once customers meet it."""
        while not self.book.rows:
            time.sleep(0.2)
        self.roll_out("catch-up")
        self.armed.add(what)
        self.save()
        self.brief_at = time.time()
        if what == "new-texts":
            self.agency.send(FIRST)
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
            hang = self.provider.hang
            self.set_bad(True, brief=False)
            self.provider.hang = hang
            self.push()
            self.crawl(seconds)
            self.customers.lag, begin = 0.0, time.time()
            for _ in range(TIMES):
                if "year-list" in self.armed:
                    self.begin_list(always=False)
                time.sleep(seconds / TIMES)
            found = {"trigger": summary(self.book.between(begin, begin + seconds)), "lag": self.customers.lag}
            self.played_until = time.time() + 1
            return found

    def play(self):
        """The robot's round, and then what was armed once more; without any, a night as all nights are."""
        with self.turn:
            began = time.time()
            self.warehouse.change_all()
            self.set_bad(False)
            rolled = self.roll_out()
            self.customers.lag, begin = 0.0, time.time()
            self.agency.begin()
            self.set_bad(True)
            self.played_night = self.night()
            self.crawl(TRIGGER)
            self.list_asked = self.list_number + 1
            self.customers.many = BUSY if "year-list" in self.armed else 1
            for turn in range(TIMES):
                self.push()
                if "year-list" in self.armed and turn != 1:
                    self.begin_list()
                time.sleep(TRIGGER / TIMES)
            while "new-texts" in self.armed and self.agency.sent < PAGES and time.time() < begin + LONGEST:
                self.agency.send(1.0)
                time.sleep(0.2)
            self.set_bad(False)
            self.customers.many, over = 1, time.time()
            calm = over + (DRAINED if "many-tries" in self.armed else CALM)
            time.sleep(calm + AFTER - over)
            found = {
                "rolled": rolled,
                "began": began,
                "trigger": summary(self.book.between(begin, over)),
                "after": summary(self.book.between(calm, calm + AFTER)),
                "lag": self.customers.lag,
            }
            self.played_until = time.time() + 8
            return found

    def catch_up(self):
        """What is new in the repository is rolled out now, and not in some seconds."""
        with self.turn:
            return {"rolled": self.roll_out("catch-up")}

    def roll_out(self, how="round"):
        """The robot begins a round, and the services follow."""
        done = post(f"http://robot:8000/{how}")
        if not done:
            return False
        if not done["at"]:
            return True
        end = time.time() + 8
        while time.time() < end:
            time.sleep(0.3)
            if all(self.round_of(name) >= done["at"] for name in FOLLOWERS):
                time.sleep(1.5)
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
            self.set_bad(False)
            begin = time.time()
            number = self.night()
            end, found = begin + within, None
            while not found and time.time() < end:
                time.sleep(0.2)
                found = self.report(number, begin)
            self.played_until = time.time() + 1
            return {"night": number, "report": found}

    def fresh(self):
        """Which pages show what is no longer so."""
        with self.turn:
            self.set_bad(False)
            time.sleep(max(0.0, max(self.warehouse.changed_at + AGE, self.warehouse.busy_at + GRACE) + 1 - time.time()))
            found = self.customers.fresh()
            if found:  # once more: the first may have been the one that has a page made anew
                time.sleep(1)
                found = self.customers.fresh()
            self.played_until = time.time() + 1
            return {"old": found}

    def texts(self):
        """What became of the edition in the play; nobody sends one where none was armed."""
        found = {"wanted": "new-texts" in self.armed, "least": PAGES, "sent": 0, "accepted": 0, "missing": 0}
        return found | (self.agency.look() if found["wanted"] else {})

    def parts(self):
        """How many parts of the last list are done."""
        try:
            with database().cursor() as cursor:
                cursor.execute("SELECT COUNT(*) FROM yearly WHERE run = %s", (self.list_number,))
                return cursor.fetchone()[0]
        except (pymysql.err.Error, OSError):
            return 0

    def year_list(self, within):
        """Whether the list that was wanted in the play comes about, and is right; nobody wants one where none was armed.

        It may take its time: it is called late once no part has come for so many seconds.
        """
        if "year-list" not in self.armed:
            return {"parts": 0, "wrong": 0, "all": 0, "wanted": False}
        end, found, came = time.time() + within, None, 0
        while len(found or ()) < PARTS and time.time() < end:
            time.sleep(0.3)
            if len(found or ()) > came:
                end, came = time.time() + within, len(found)
            try:
                with database().cursor() as cursor:
                    cursor.execute("SELECT y.category, y.products, y.worth, COUNT(p.id), SUM(p.price) FROM yearly y"
                                   " LEFT JOIN products p ON p.category = y.category AND p.id %% 12 = y.part"
                                   " WHERE y.run = %s GROUP BY y.category, y.part", (self.list_asked,))
                    found = cursor.fetchall()
            except (pymysql.err.Error, OSError):
                continue
        wrong = sum((int(row[1]), int(row[2])) != (int(row[3]), int(row[4] or 0)) for row in found or ())
        return {"parts": len(found or ()), "wrong": wrong, "all": PARTS, "wanted": True}

    def report(self, number, begin):
        """What a night's report leaves out; nothing while there is none."""
        try:
            with database().cursor() as cursor:
                cursor.execute("SELECT night FROM reports WHERE night = %s", (number,))
                if not cursor.fetchone():
                    return None
                cursor.execute("SELECT COUNT(*) FROM orders o LEFT JOIN reports r ON r.night = o.night"
                               " WHERE o.night IS NOT NULL AND r.night IS NULL")
                nowhere = cursor.fetchone()[0]
                cursor.execute("SELECT COUNT(*) FROM orders WHERE night IS NULL AND state = 'paid'"
                               " AND at < FROM_UNIXTIME(%s)", (begin - 10,))
                left = cursor.fetchone()[0]
        except (pymysql.err.Error, OSError):
            return None
        return {"left": left, "nowhere": nowhere}

    def wrong_report(self):
        """The first report since the last play that says other than the books and the provider."""
        try:
            with database().cursor() as cursor:
                cursor.execute("SELECT r.night, r.orders, r.total, r.charged, COUNT(o.id), COALESCE(SUM(o.total), 0)"
                               " FROM reports r LEFT JOIN orders o ON o.night = r.night"
                               " WHERE r.night >= %s GROUP BY r.night ORDER BY r.night", (self.played_night,))
                rows = [tuple(map(int, row)) for row in cursor.fetchall()]
        except (pymysql.err.Error, OSError) as problem:
            return {"error": str(problem)}
        for night, orders, total, charged, right_orders, right_total in rows:
            told = self.provider.told_of(night)
            known = charged if charged in told or not told else told[-1]
            said = {"orders": orders, "total": total, "charged": charged}
            right = {"orders": right_orders, "total": right_total, "charged": known}
            if said != right or not told:
                return {"night": night, "said": said, "right": right, "known": bool(told)}
        return {"night": 0, "said": {}, "right": {}, "known": True}
