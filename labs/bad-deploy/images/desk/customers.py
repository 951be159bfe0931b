"""Asks the shop as its customers do, eight times a second, and remembers how each was answered.

GET /seen?after=NUMBER tells of the requests since: how many were asked and which of them failed, and how.
GET /confirmed lists the orders that were confirmed, the oldest first.
"""

import collections
import http.client
import itertools
import json
import os
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

EVERY = 0.125
PATIENCE = 3
"""Nobody waits longer for tea, in seconds."""
KEPT = 4800
REMEMBERED = 400
"""Orders that customers may come back to: far fewer than the shop keeps."""
TEA = os.environ.get("TEA", "Shincha")
HOUSE = os.environ.get("HOUSE", "")
answers = {}


class Visit(NamedTuple):
    """What a customer asks, with what in hand, and what a right answer holds."""

    path: str
    device: str
    language: str
    right: dict
    method: str = "GET"
    basket: str = ""

    def headers(self):
        """What the browser says besides."""
        said = {"User-Agent": f"Mozilla/5.0 ({self.device})", "Accept-Language": self.language}
        return said | ({"Cookie": "basket=" + self.basket} if self.basket else {})


HOUSE_TEA = quote(TEA)
ROUND = [
    Visit("/", "iPhone", "ja", {"house": HOUSE}),
    Visit(f"/tea/{HOUSE_TEA}", "Android 16", "ja", {"tea": TEA, "price": 1200}),
    Visit("/orders?count=2&tea=Sencha", "Windows NT 10.0", "en", {"total": 1600}, "POST", "2xSencha"),
    Visit(f"/order?count=10&tea={HOUSE_TEA}", "Macintosh", "ja", {"total": 10800}),
    Visit("/", "X11; Linux", "fr", {"house": HOUSE}),
    Visit("/orders/ORDER", "Windows NT 10.0", "en", {"tea": "Sencha", "count": 2}),
    Visit("/order?count=3&tea=Sencha", "Android 16", "ja", {"total": 2400}, basket=f"3x{HOUSE_TEA}"),
]
"""Seven, so that a release which gets every second, third or fourth request meets them all in turn."""


class Orders:
    """The order that is looked up next, the last one that was confirmed, and those before."""

    last = ""
    confirmed = collections.deque(maxlen=REMEMBERED)


class Way:
    """Where the shop is: known by heart, and looked up again after a failure, once a second at most."""

    address = ""
    sought = 0.0

    @classmethod
    def find(cls):
        """The address."""
        if not cls.address and time.monotonic() - cls.sought > 1:
            cls.sought = time.monotonic()
            cls.address = socket.gethostbyname("shop")
        return cls.address or "shop"

    @classmethod
    def forget(cls):
        """Somebody was not served: perhaps the shop has moved."""
        if time.monotonic() - cls.sought > 1:
            cls.address = ""


def ask(visit):
    """One visit: what was wrong with it, or nothing."""
    try:
        connection = http.client.HTTPConnection(Way.find(), 8080, timeout=1)
    except OSError as problem:
        return str(problem)
    try:
        connection.connect()
        connection.sock.settimeout(PATIENCE)
        connection.request(visit.method, visit.path, headers=visit.headers())
        answer = connection.getresponse()
        text = answer.read()
        if answer.status not in (200, 201):
            return f"status {answer.status}"
        content = json.loads(text)
        Orders.last = content.get("order", Orders.last)
        wrong = [name for name, value in visit.right.items() if content.get(name) != value]
        if visit.method == "POST" and not wrong and content.get("order"):
            Orders.confirmed.append(content["order"])
        return f"wrong {wrong[0]}" if wrong else ""
    except TimeoutError:
        Way.forget()
        return "no answer in time"
    except (ValueError, AttributeError):
        return "not what was asked for"
    except (OSError, http.client.HTTPException) as problem:
        Way.forget()
        return str(problem) or type(problem).__name__
    finally:
        connection.close()


def come(number, visit):
    """Ask, and write it down; who has ordered nothing yet looks at the page."""
    came = time.time()
    if visit.path.endswith("/ORDER"):
        visit = visit._replace(path=f"/orders/{Orders.last}") if Orders.last else ROUND[0]
    wrong = ask(visit)
    answers[number] = {"number": number, "time": came, "path": visit.path, "wrong": wrong}
    answers.pop(number - KEPT, None)


def keep_asking():
    """A new customer every eighth of a second, whether the one before has been served or not."""
    due = time.monotonic()
    for number, visit in enumerate(itertools.cycle(ROUND), start=1):
        threading.Thread(target=come, args=(number, visit), daemon=True).start()
        due = max(due + EVERY, time.monotonic() - 1)
        time.sleep(max(0, due - time.monotonic()))


def seen(after):
    """What happened since a request, up to the first one that still waits for its answer."""
    number, failed = after, []
    while (number + 1) in answers:
        number += 1
        if answers[number]["wrong"]:
            failed.append(answers[number])
    return {"last": number, "asked": number - after, "failed": failed}


class Book(BaseHTTPRequestHandler):
    """The customers' book."""

    def do_GET(self):
        """Tell what is in it."""
        asked = urlsplit(self.path)
        query = parse_qs(asked.query)
        after = int(query["after"][0]) if "after" in query else max(answers, default=0)
        body = json.dumps(list(Orders.confirmed) if asked.path == "/confirmed" else seen(after)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nobody needs it."""


threading.Thread(target=keep_asking, daemon=True).start()
ThreadingHTTPServer(("", 8000), Book).serve_forever()
