"""Asks the shop as customers do, eight times a second, and remembers how each was answered and what was ordered."""

import http.client
import itertools
import json
import os
import secrets
import socket
import threading
import time

EVERY = 0.125
PATIENCE = 6
KEPT = 9600
PLANT = os.environ.get("PLANT", "Hagi")
answers = {}
confirmed = []
"""Orders that were confirmed, the oldest first: (request's number, order)."""


class Way:
    """Where the server is: known by heart, and looked up again after a failure, once a second at most."""

    address = ""
    sought = 0.0

    @classmethod
    def find(cls):
        """The address."""
        if not cls.address and time.monotonic() - cls.sought > 1:
            cls.sought = time.monotonic()
            cls.address = socket.gethostbyname("server")
        return cls.address or "server"

    @classmethod
    def forget(cls):
        """Somebody was not served: perhaps it has moved."""
        if time.monotonic() - cls.sought > 1:
            cls.address = ""


def request(method, path):
    """The answer's status and content."""
    line = http.client.HTTPConnection(Way.find(), 8080, timeout=PATIENCE)
    try:
        line.request(method, path, headers={"User-Agent": "Mozilla/5.0 (iPhone)", "Accept-Language": "ja"})
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def visit(number):
    """One customer's wish: what was wrong with the answer, or nothing."""
    kind = number % 3
    if kind == 0:
        order, many = secrets.token_hex(8), 1 + number % 5
        status, text = request("PUT", f"/orders/{order}?plant={PLANT}&many={many}")
        right = status == 201 and json.loads(text).get("order") == order
        if right:
            confirmed.append((number, order))
    elif kind == 1 and confirmed:
        status, text = request("GET", f"/orders/{confirmed[-1][1]}")
        right = status == 200 and json.loads(text).get("plant") == PLANT
    else:
        status, text = request("GET", "/")
        right = status == 200 and PLANT in json.loads(text).get("plants", ())
    return "" if right else f"status {status}" if status not in (200, 201) else "not what was asked for"


def come(number):
    """Ask, and write it down."""
    try:
        wrong = visit(number)
    except TimeoutError:
        Way.forget()
        wrong = "no answer in time"
    except (ValueError, AttributeError, TypeError):
        wrong = "not what was asked for"
    except (OSError, http.client.HTTPException) as problem:
        Way.forget()
        wrong = str(problem) or type(problem).__name__
    answers[number] = wrong
    answers.pop(number - KEPT, None)


def keep_coming():
    """A new customer every eighth of a second, whether the one before has been served or not."""
    due = time.monotonic()
    for number in itertools.count(1):
        threading.Thread(target=come, args=(number,), daemon=True).start()
        due = max(due + EVERY, time.monotonic() - 1)
        time.sleep(max(0, due - time.monotonic()))


def seen(after):
    """What happened since a request, up to the first one that still waits for its answer."""
    number, failed = after, []
    while (number + 1) in answers:
        number += 1
        if answers[number]:
            failed.append(answers[number])
    orders = [order for at, order in confirmed[-2000:] if after < at <= number]
    return {"last": number, "asked": number - after, "failed": failed, "orders": orders}
