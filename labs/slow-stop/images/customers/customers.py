#!/usr/bin/python3
"""Customers of the stand: each orders, keeps the ticket, and asks for the dish until it is served.

rush [CUSTOMERS] [SECONDS]   as many customers (40) in so many seconds (20), and what became of them
"""

import json
import os
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from itertools import cycle
from pathlib import Path

STAND = "http://kitchen:8080"
NAMES = ("Abe", "Doi", "Endo", "Fukui", "Goto", "Hara", "Ito", "Kato", "Mori", "Noda", "Ono", "Sato", "Ueda", "Wada")
PATIENCE = 30
USUAL = 20
REGULAR = Path("/srv/regular")
"""Has the name of a guest who comes every second time and types the ticket at the screen; there need be none."""


def ask(path, order=None):
    """The status of an answer and what it says; status 0 if none comes."""
    data = json.dumps(order).encode() if order else None
    try:
        with urllib.request.urlopen(STAND + path, data, timeout=2) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as problem:
        return problem.code, {}
    except (OSError, ValueError):
        return 0, {}


def in_haste(ticket):
    """A ticket as somebody types it who looks once: the last two neighbours that differ have changed places."""
    at = max((place for place in range(1, len(ticket)) if ticket[place - 1] != ticket[place]), default=1)
    return ticket[: at - 1] + ticket[at] + ticket[at - 1] + ticket[at + 1 :]


def visit(name, typed=str):
    """Order a dish and wait for it: what became of it, and the story."""
    began = time.monotonic()
    status, order = ask("/orders", {"name": name, "dish": os.environ["DISH"]})
    if status != 202:
        return "turned away", f"{name}: turned away, " + (f"status {status}" if status else "no answer")
    ticket = typed(order["ticket"])
    while time.monotonic() - began < PATIENCE:
        status, order = ask(f"/orders/{ticket}")
        if status == 404:
            return "lost", f"{name}: LOST, the stand knows no ticket {ticket}"
        if order.get("state") == "served":
            return "served", f"{name}: ticket {ticket}, served after {time.monotonic() - began:.1f} s"
        time.sleep(0.2)
    return "lost", f"{name}: LOST, waited {PATIENCE} s with ticket {ticket}"


def come(name, became, typed=str):
    """One visit, told in a line."""
    outcome, story = visit(name, typed)
    became[outcome] += 1
    print(time.strftime("%H:%M:%S"), story, flush=True)


def rush(customers=40, seconds=20.0):
    """Many customers, one shortly after the other."""
    became = Counter()
    line = [threading.Thread(target=come, args=(NAMES[n % len(NAMES)], became)) for n in range(customers)]
    for customer in line:
        customer.start()
        time.sleep(seconds / customers)
    for customer in line:
        customer.join()
    print(f"{customers} customers: " + ", ".join(f"{became[key]} {key}" for key in ("served", "lost", "turned away")))


def for_ever():
    """Somebody now and then."""
    became = Counter()
    for name in cycle(NAMES):
        time.sleep(USUAL)
        come(name, became)
        if REGULAR.is_file():
            time.sleep(USUAL)
            come(REGULAR.read_text(encoding="utf-8").strip(), became, in_haste)


if __name__ == "__main__":
    if sys.argv[1:] == ["--for-ever"]:
        for_ever()
    try:
        rush(*(kind(text) for kind, text in zip((int, float), sys.argv[1:], strict=False)))
    except (ValueError, ZeroDivisionError):
        sys.exit(__doc__)
