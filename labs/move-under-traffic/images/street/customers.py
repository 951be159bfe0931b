"""Offices that order, change, cancel and look all the time, and keep a book of what was confirmed to them.

A 503 says that nothing was done, and the office tries again. Anything else that is no confirmation has failed: the
office does not know whether it was carried out, and does not order a second time.
"""

import http.client
import itertools
import json
import random
import secrets
import threading
import time
import urllib.request

PATIENCE = 15.0
"""Seconds after which an office gives up."""
AGAIN = 0.25
SETTLED = 3.0
"""Seconds after which an office expects to see what was confirmed to it."""
KINDS = ("prompt", "prompt", "prompt", "prompt", "prompt", "kept", "kept", "late", "late", "late")


class Book:
    """What was confirmed, and what failed."""

    def __init__(self):
        self.lock = threading.Lock()
        self.orders, self.given, self.failures = {}, [], []
        self.asked = itertools.count(1)
        self.odd = []
        """What is wrong with the street itself."""
        self.total, self.held, self.longest = 0, 0, 0.0

    def note(self, order, number, boxes):
        """Something was confirmed."""
        with self.lock:
            if order not in self.orders:
                self.given.append((number, order))
            self.orders[order] = (number, boxes, False)

    def doubt(self, order):
        """What became of the last wish nobody knows."""
        with self.lock:
            number, boxes, _ = self.orders.get(order, (0, None, True))
            self.orders[order] = (number, boxes, True)

    def fail(self, office, what, address, why):
        """Somebody was not served."""
        with self.lock:
            self.failures.append(
                {"at": time.time(), "kind": office.kind, "what": what, "address": address, "why": str(why)[:120]}
            )


class Office:
    """One of those who order."""

    def __init__(self, number, kind, street):
        self.name, self.kind, self.street = f"Office {number}", kind, street
        self.address, self.until, self.line = "", 0.0, None
        self.own = {}
        self.looked = 0.0

    def where(self):
        """The address that it goes to; how long it keeps that is its own matter."""
        now = time.time()
        if self.kind == "kept" and self.line is not None and self.address:
            return self.address
        if self.kind == "late" and self.address and not self.street.wakes(self):
            return self.address
        if now >= self.until or not self.address:
            with urllib.request.urlopen(self.street.name, timeout=5) as told:
                found = json.load(told)
            self.address, self.until, self.looked = found["address"], now + found["ttl"], now
        return self.address

    def send(self, method, path, content):
        """Send a request; gives the answer's status and content, without a status where a kept line had been closed."""
        address = self.where()
        reused = self.line is not None
        line = self.line or http.client.HTTPConnection(address, 8080, timeout=PATIENCE)
        self.line = None
        try:
            body = json.dumps(content) if content else None
            line.request(method, path, body, {"User-Agent": self.name, "Content-Type": "application/json"})
            answer = line.getresponse()
            status, text = answer.status, answer.read()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            line.close()
            if reused:
                return None, b""
            raise
        except BaseException:
            line.close()
            raise
        if self.kind == "kept" and not answer.will_close:
            self.line = line
        else:
            line.close()
        return status, text

    def ask(self, method, path, content=None):
        """Ask until there is an answer that is none of waiting; gives it, or raises."""
        began = time.time()
        while True:
            status, text = self.send(method, path, content)
            if status is None:  # the line had been closed: did it go through?
                status, text = self.look(method, path, content)
                if status is None:
                    continue
            waited = time.time() - began
            book = self.street.book
            book.longest = max(book.longest, waited)
            if status != 503:
                return status, json.loads(text)
            book.held += 1
            if waited > PATIENCE:
                raise TimeoutError("held for longer than an office waits")
            time.sleep(AGAIN)

    def look(self, method, path, content):
        """After a line that was closed: give what the answer would have been, or nothing if it is to be sent again."""
        if method != "POST":
            return None, b""
        time.sleep(1)
        status, text = self.send("GET", f"/orders/{content['id']}", None)
        if self.line is not None:  # the next try has a line of its own: if that fails, it has failed
            self.line.close()
            self.line = None
        return (201, text) if status == 200 else (None, b"")

    def once(self):
        """Wish for something."""
        book, chance = self.street.book, random.random()
        own = [order for order in self.own if not book.orders[order][2] and book.orders[order][1] is not None]
        settled = [order for order in own[-8:] if time.time() - self.own[order] >= SETTLED]
        if chance < 0.14 and settled:
            self.check(random.choice(settled))
        elif chance < 0.28 and own:
            self.change(own[-1], random.randint(39, 90))
        elif chance < 0.38 and own:
            self.cancel(own[-1])
        else:
            self.order(secrets.token_hex(8), random.randint(1, 38))

    def wish(self, what, order, method, path, content=None):
        """Ask for something; gives what came, or nothing where it failed."""
        book = self.street.book
        book.total = next(book.asked)
        try:
            return self.ask(method, path, content)
        except (OSError, ValueError, http.client.HTTPException) as problem:
            self.line = None
            if what != "look":
                book.doubt(order)
            book.fail(self, what, self.address, problem or type(problem).__name__)
            return None

    def order(self, order, boxes):
        """A new order."""
        came = self.wish("order", order, "POST", "/orders", {"id": order, "office": self.name, "boxes": boxes})
        if came and came[0] == 201 and isinstance(came[1], dict) and came[1].get("id") == order:
            self.street.book.note(order, came[1].get("number"), boxes)
            self.own[order] = time.time()
        elif came:
            self.street.book.doubt(order)
            self.street.book.fail(self, "order", self.address, f"status {came[0]}")

    def one_more(self):
        """A new order of its own; gives its id."""
        order = secrets.token_hex(8)
        self.order(order, random.randint(1, 38))
        return order

    def visit(self):
        """Order twice, change the one and cancel the other: the highest number that was told is nobody's then."""
        kept, given_up = self.one_more(), self.one_more()
        if kept in self.own:
            self.change(kept, random.randint(39, 90))
        if given_up in self.own:
            self.cancel(given_up)

    def change(self, order, boxes):
        """Another number of boxes."""
        came = self.wish("change", order, "PUT", f"/orders/{order}", {"boxes": boxes})
        self.confirmed("change", order, came, boxes)

    def cancel(self, order):
        """It is not needed."""
        self.confirmed("cancel", order, self.wish("cancel", order, "DELETE", f"/orders/{order}"), None)

    def confirmed(self, what, order, came, boxes):
        """Note what became of a change."""
        book = self.street.book
        if came and came[0] == 200:
            book.note(order, book.orders[order][0], boxes)
            self.own[order] = time.time()
        elif came:
            book.doubt(order)
            book.fail(self, what, self.address, f"status {came[0]}")

    def check(self, order):
        """Look whether what was confirmed some seconds ago is there."""
        number, boxes, unsure = self.street.book.orders[order]
        came = self.wish("look", order, "GET", f"/orders/{order}")
        if came and not unsure and (came[0] != 200 or (came[1].get("number"), came[1].get("boxes")) != (number, boxes)):
            seen = f"status {came[0]}" if came[0] != 200 else "not as it was confirmed"
            self.street.book.fail(self, "look", self.address, seen)

    def work(self):
        """Order until all rest; whoever comes late comes seldom, too."""
        while not self.street.rests:
            least, most = self.street.late_pause if self.kind == "late" else self.street.pause
            time.sleep(random.uniform(least, most))
            for old in list(self.own)[:-30]:
                del self.own[old]
            if self.street.rests:
                return
            try:
                self.once()
            except Exception as problem:  # an office that is gone would be missed by nobody
                self.street.book.odd.append(f"{type(problem).__name__}: {problem}")
