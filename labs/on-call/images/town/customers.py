"""The shop's customers: each looks at a page, and most of them order something and look how the order fares."""

import http.client
import itertools
import json
import random
import threading
import time

import pymysql

CATEGORIES = ["paper", "pens", "ink", "desk", "bags"]
FRONTS = ("front-1", "front-2")
PATIENCE, REQUESTS = 6.0, 2.5
"""Seconds that one waits for an answer, and how many requests a visit has: every second customer orders something."""
TRIES, BETWEEN, CRAWL = 2, 1.0, 25.0
OPENS = 20.0
"""Seconds after its start within which a shop is open, on a busy computer too."""


def database():
    """Our look at the shop's books, for which there is always a place."""
    return pymysql.connect(
        host="database", user="town", password="town", database="shop", autocommit=True, connect_timeout=3, read_timeout=5
    )


class Customers:
    """They come by themselves, so many requests in a second."""

    def __init__(self, book, provider, warehouse, rate):
        self.book, self.provider, self.warehouse, self.rate = book, provider, warehouse, rate
        self.chance = random.Random()
        self.numbers = itertools.count(self.chance.randrange(10**8, 9 * 10**8))
        """Customers are numbered one after the other."""
        self.many = 1
        """How many times as many of them come as on an ordinary evening."""
        self.pages = {}
        self.prices = {}
        self.lag = 0.0
        """The longest that one of them came late, since somebody last set this to nothing: a machine that stands still."""
        self.given_up = 0
        self.dealers = itertools.count()

    def learn(self):
        """Read the printed catalogue: what each page has to show."""
        while True:
            try:
                with database().cursor() as cursor:
                    cursor.execute("SELECT category, id, name, price FROM products ORDER BY id")
                    for category, number, name, price in cursor.fetchall():
                        self.pages.setdefault(category, []).append({"id": number, "name": name, "price": price})
                        self.prices[number] = price
                self.warehouse.change(list(self.prices))
                return
            except (pymysql.err.Error, OSError):
                time.sleep(0.3)

    def live(self):
        """Come for ever, once the shop is open, or should have been."""
        self.learn()
        opening = time.monotonic()
        while not all(self.ask(front, "GET", "/orders/none")[0] == 404 for front in FRONTS):
            if time.monotonic() - opening > OPENS:
                break  # it does not open as it should: they come, and write down what they meet
            time.sleep(0.3)
        due, orders = time.monotonic(), False
        while True:
            due += self.chance.uniform(0.4, 1.6) * REQUESTS / (self.rate * self.many)
            wait = due - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            self.lag = max(self.lag, time.monotonic() - due)
            if wait < -2:
                due = time.monotonic()
            orders = not orders
            threading.Thread(target=self.visit, args=(orders,), daemon=True).start()

    def ask(self, front, method, path, body=None, dealer=""):
        """One request; status 0 is no answer."""
        try:
            line = http.client.HTTPConnection(front, 8080, timeout=PATIENCE)
            data = json.dumps(body) if body is not None else None
            heads = ({"Content-Type": "application/json"} if data else {}) | ({"X-Dealer": dealer} if dealer else {})
            line.request(method, path, data, heads)
            answer = line.getresponse()
            text = answer.read()
            line.close()
            return answer.status, json.loads(text)
        except ValueError:
            return answer.status, None
        except (OSError, http.client.HTTPException):
            return 0, None

    def meet(self, kind, method, path, body, is_right, dealer=""):
        """One request, into the book; gives whether it was answered as it has to be."""
        row = self.book.begin(kind)
        status, found = self.ask(self.chance.choice(FRONTS), method, path, body, dealer)
        try:
            right = bool(is_right(status, found))
        except (TypeError, KeyError, AttributeError):
            right = False
        why = "wrong" if status == 200 and not right else ("" if right else f"status {status}" if status else "none")
        if isinstance(found, dict) and found.get("state") == "void" and not right:
            why = f"{why}, void"
        self.book.end(row, status, right, why, self.provider.was_slow(row["at"]))
        return right

    def is_page(self, category, found, size=12):
        """Whether a page shows all that it has to, as it is now or was a short while ago."""
        wanted = self.pages[category][:size]
        if [{name: row[name] for name in ("id", "name", "price")} for row in found] != wanted:
            return False
        return all(self.warehouse.was(row["id"], row.get("stock")) for row in found)

    def fresh(self):
        """Ask each front for each page; gives those that show what is no longer so."""
        found = []
        for front in FRONTS:
            for category in CATEGORIES:
                status, page = self.ask(front, "GET", f"/browse?category={category}&page=0")
                try:
                    right = status == 200 and self.is_page(category, page)
                except (TypeError, KeyError):
                    right = False
                if not right:
                    found.append(f"{front} {category}")
        return found

    def deal(self):
        """Dealers want a price list, one after the other; while the warehouse is busy none asks for one."""
        while not self.book.rows:
            time.sleep(0.3)
        while True:
            time.sleep(self.chance.uniform(1.5, 2.0))
            if not self.warehouse.busy:
                threading.Thread(target=self.want_list, args=(f"D{next(self.dealers) % 7:03}",), daemon=True).start()

    def want_list(self, dealer):
        """One price list."""
        category = self.chance.choice(CATEGORIES)
        wanted = self.pages[category]
        self.meet("list", "GET", f"/list?category={category}", None,
                  lambda status, found: status == 200 and self.is_page(category, found, len(wanted)), dealer)

    def crawl(self, dealer, seconds):
        """One dealer's program wants all lists again and again, and reads none."""
        end = time.time() + seconds
        while time.time() < end:
            time.sleep(1 / CRAWL)
            path = f"/list?category={self.chance.choice(CATEGORIES)}"
            asked = (self.chance.choice(FRONTS), "GET", path, None, dealer)
            threading.Thread(target=self.ask, args=asked, daemon=True).start()

    def visit(self, orders):
        """What one customer does."""
        category = self.chance.choice(CATEGORIES)
        path = f"/browse?category={category}&page=0"
        self.meet("browse", "GET", path, None, lambda status, found: status == 200 and self.is_page(category, found))
        if not orders:
            return
        customer, number = f"c{next(self.numbers):09}", f"{self.chance.getrandbits(64):016x}"
        product = self.chance.choice(list(self.prices))
        total = self.prices[product]

        def has_cart(status, found):
            return status == 200 and found["customer"] == customer and found["total"] == total

        def has_order(status, found):
            well = found["order"] == number and found["total"] == total and found["state"] in ("paid", "pending")
            return status in (200, 201, 202) and well

        if not self.meet("cart", "POST", "/cart", {"customer": customer, "product": product}, has_cart):
            return
        for left in reversed(range(TRIES)):
            if self.meet("order", "POST", "/orders", {"customer": customer, "order": number}, has_order):
                self.book.thank(number, total, customer)
                time.sleep(BETWEEN)
                self.meet("look", "GET", f"/orders/{number}", None, has_order)
                return
            time.sleep(BETWEEN if left else 0)
        self.given_up += 1
