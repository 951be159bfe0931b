"""Asks the shop as its customers do, eight times a second, and remembers how each was answered.

GET /seen?after=NUMBER tells of the requests since: how many were asked and which of them failed, and how.
"""

import http.client
import itertools
import json
import os
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlsplit

EVERY = 0.125
PATIENCE = 3
"""Nobody waits longer for tea, in seconds."""
KEPT = 4800
TEA = os.environ.get("TEA", "Shincha")
HOUSE = os.environ.get("HOUSE", "")
BASKET = {"Cookie": "basket=3x" + quote(TEA)}

answers = {}


def wanted():
    """What they ask, in turn, and what a right answer holds."""
    return itertools.cycle(
        [
            ("/", {}, {"house": HOUSE}),
            ("/tea/" + quote(TEA), {}, {"tea": TEA, "price": 1200}),
            ("/order?count=10&tea=" + quote(TEA), {}, {"total": 10800}),
            ("/order?count=3&tea=Sencha", BASKET, {"total": 2400}),
        ]
    )


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


def ask(path, headers, right):
    """One visit: what was wrong with it, or nothing."""
    try:
        connection = http.client.HTTPConnection(Way.find(), 8080, timeout=1)
    except OSError as problem:
        return str(problem)
    try:
        connection.connect()
        connection.sock.settimeout(PATIENCE)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            return f"status {answer.status}"
        content = json.loads(text)
        wrong = [name for name, value in right.items() if content.get(name) != value]
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


def visit(number, question):
    """Ask, and write it down."""
    came = time.time()
    wrong = ask(*question)
    answers[number] = {"number": number, "time": came, "path": question[0], "wrong": wrong}
    answers.pop(number - KEPT, None)


def keep_asking():
    """A new customer every eighth of a second, whether the one before has been served or not."""
    due = time.monotonic()
    for number, question in enumerate(wanted(), start=1):
        threading.Thread(target=visit, args=(number, question), daemon=True).start()
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
        query = parse_qs(urlsplit(self.path).query)
        after = int(query["after"][0]) if "after" in query else max(answers, default=0)
        body = json.dumps(seen(after)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nobody needs it."""


threading.Thread(target=keep_asking, daemon=True).start()
ThreadingHTTPServer(("", 8000), Book).serve_forever()
