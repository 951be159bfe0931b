"""The agency that writes the catalog's texts, and the vault that copies the database's binary logs: neither is the shop's.

The agency sends POST /texts {"texts": {id: text}}, three at a time; a text has its picture inside, and few of them change.
The vault copies every second what is new in the binary logs; what is gone before that is in no restore.
"""

import base64
import hashlib
import os
import random
import threading
import time

import pymysql
from customers import FRONTS, database

PRODUCTS, AT_ONCE, SIZE, CHANGED = 450, 3, 12000, 0.03
"""How many products have a text, how many are sent at once, random bytes of a text, and the share of pages with a new one."""
EVERY, SENDERS = 0.08, 2
COPIES = 1.0


class Agency:
    """What it has written, and what of that the shop has taken."""

    def __init__(self, customers):
        self.customers = customers
        self.turn = threading.Lock()
        self.texts, self.taken = {}, {}
        self.until, self.place = 0.0, 0
        self.sent = self.accepted = 0

    def send(self, seconds):
        """Send page after page for so long, and begin anew after the last."""
        self.until = max(self.until, time.time() + seconds)

    def new_text(self):
        """A text with its picture."""
        return base64.b64encode(os.urandom(SIZE)).decode()

    def next_page(self):
        """The texts to be sent next."""
        with self.turn:
            numbers = sorted(self.customers.prices)[:PRODUCTS]
            page = numbers[self.place : self.place + AT_ONCE]
            self.place = (self.place + AT_ONCE) % PRODUCTS
            if random.random() < CHANGED:
                self.texts[page[0]] = self.new_text()
            return {number: self.texts.setdefault(number, self.new_text()) for number in page}

    def keep(self):
        """Send for ever, as long as there is something to be sent."""
        due = 0.0
        while True:
            time.sleep(max(0.02, due - time.time()))
            if time.time() > self.until or len(self.customers.prices) < PRODUCTS:
                continue
            due = max(due + EVERY, time.time() - 1)
            page = self.next_page()
            status, _ = self.customers.ask(random.choice(FRONTS), "POST", "/texts", {"texts": page})
            with self.turn:
                self.sent += 1
                if 200 <= status < 300:
                    self.accepted += 1
                    self.taken.update(page)

    def serve(self):
        """Begin to send."""
        for _ in range(SENDERS):
            threading.Thread(target=self.keep, daemon=True).start()

    def begin(self):
        """Count anew."""
        with self.turn:
            self.sent = self.accepted = 0

    def look(self):
        """What was sent since then, and how many of all the texts that were taken are not in the shop's books."""
        try:
            with database().cursor() as cursor:
                cursor.execute("SELECT product, MD5(text) FROM texts")
                found = dict(cursor.fetchall())
        except (pymysql.err.Error, OSError) as problem:
            return {"error": str(problem)}
        with self.turn:
            missing = sum(found.get(number) != hashlib.md5(text.encode()).hexdigest() for number, text in self.taken.items())
            return {"sent": self.sent, "accepted": self.accepted, "missing": missing}


class Vault:
    """Which binary logs there were when it came last."""

    def __init__(self):
        self.wanted = False
        self.gaps, self.at = [], 0.0
        """When something was gone, and when it has copied last."""

    def keep(self):
        """Copy for ever; while the database does not answer, wait for it."""
        while True:
            time.sleep(COPIES)
            try:
                if self.wanted:
                    self.copy()
            except (pymysql.err.Error, OSError, ValueError):
                continue

    def copy(self):
        """Copy as long as the database runs; a new one begins with logs of its own."""
        line = pymysql.connect(host="database", user="town", password="town", connect_timeout=3)
        last = 0
        with line, line.cursor() as cursor:
            while self.wanted:
                cursor.execute("SHOW BINARY LOGS")
                numbers = [int(row[0].rpartition(".")[2]) for row in cursor.fetchall()]
                if last and last not in numbers:
                    self.gaps.append(time.time())
                last, self.at = numbers[-1], time.time()
                time.sleep(COPIES)

    def look(self, since):
        """How often something was gone since then, and how long ago it has copied."""
        return {"wanted": self.wanted, "gaps": sum(at > since for at in self.gaps), "ago": round(time.time() - self.at, 1)}
