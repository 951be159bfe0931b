"""Takes the orders of a stand in a food court: a ticket at once, and the dish as soon as it is cooked.

GET  /                who we are, and what we cook
GET  /health          for the healthcheck
POST /orders          {"name": "Sato", "dish": "pickles"}: the order, with its ticket
GET  /orders/TICKET   the order, "cooking" or "served"
GET  /slips/TICKET    the slip that the cook works from
DELETE /orders/TICKET
"""

import json
import os
import queue
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

KEEP = Path("/var/lib/kitchen")
SLIP = "/srv/kitchen/slip.sh"
LARGEST = 4096
PLACE = re.compile(r"/(orders|slips)/([0-9a-f]{6})")


class Refused(Exception):
    """An order that is turned down: status and reason."""


class Kitchen:
    """What is on the stove, and the book of all that was served."""

    def __init__(self, stand, menu):
        self.stand = stand
        self.menu = {dish: float(seconds) for dish, seconds in (entry.split("=") for entry in menu.split())}
        self.stove = {}
        self.changed = threading.Condition()
        self.closed = False

    def take(self, asked):
        """Print the slip, put the dish on the stove, and give out the ticket."""
        if not isinstance(asked, dict) or asked.get("dish") not in self.menu:
            raise Refused(422, f"we cook {', '.join(self.menu)}")
        order = {"ticket": secrets.token_hex(3), "name": str(asked.get("name", "")), "dish": asked["dish"]}
        try:
            subprocess.run([SLIP, order["ticket"], order["name"], order["dish"]], check=True, timeout=5)
            self.light(order)
        except (OSError, RuntimeError, subprocess.SubprocessError) as problem:
            print(f"kitchen: no place for an order: {problem}", flush=True)
            raise Refused(503, "the kitchen can't take the order") from problem
        return order | {"state": "cooking"}

    def light(self, order):
        """Begin to cook, unless we are closing."""
        cook = threading.Thread(target=self.cook, args=(order,), daemon=True)
        with self.changed:
            if self.closed:
                raise Refused(503, "we are closing")
            cook.start()
            self.stove[order["ticket"]] = order

    def cook(self, order):
        """Cook a dish, serve it, and write it into the book."""
        time.sleep(self.menu[order["dish"]])
        try:
            self.write(order)
        finally:
            with self.changed:
                del self.stove[order["ticket"]]
                self.changed.notify_all()

    def write(self, order):
        """Into the book, whole or not at all."""
        page = KEEP / "orders" / f"{order['ticket']}.new"
        page.write_text(json.dumps(order | {"state": "served"}), encoding="utf-8")
        page.rename(page.with_suffix(".json"))

    def find(self, ticket):
        """An order, from the stove or from the book; None if it is in neither."""
        with self.changed:
            if ticket in self.stove:
                return self.stove[ticket] | {"state": "cooking"}
        page = KEEP / "orders" / f"{ticket}.json"
        return json.loads(page.read_text(encoding="utf-8")) if page.is_file() else None

    def close(self):
        """Take no more orders, and wait until the stove is empty."""
        with self.changed:
            self.closed = True
            self.changed.wait_for(lambda: not self.stove)


class Counter(BaseHTTPRequestHandler):
    """Where the customers are served."""

    kitchen: Kitchen
    timeout = 5

    def do_GET(self):
        """Show who we are, an order or a slip."""
        what, ticket = self.place()
        if self.path == "/":
            self.say(200, f"{self.kitchen.stand} cooks {', '.join(self.kitchen.menu)}.\n")
        elif self.path == "/health":
            self.say(200, "ok\n")
        elif what == "orders" and (order := self.kitchen.find(ticket)):
            self.say(200, order)
        elif what == "slips" and (slip := KEEP / "slips" / f"{ticket}.txt").is_file():
            self.say(200, slip.read_text(encoding="utf-8"))
        else:
            self.say(404, {"error": "no such ticket"})

    def do_POST(self):
        """Take an order."""
        if self.path != "/orders":
            return self.say(404, {"error": "orders go to /orders"})
        try:
            size = min(int(self.headers.get("Content-Length") or 0), LARGEST)
            return self.say(202, self.kitchen.take(json.loads(self.rfile.read(size))))
        except Refused as refused:
            return self.say(refused.args[0], {"error": refused.args[1]})
        except ValueError:
            return self.say(400, {"error": "not JSON"})

    def do_DELETE(self):
        """Strike an order that was served from the book."""
        what, ticket = self.place()
        page = KEEP / "orders" / f"{ticket}.json"
        if what != "orders" or not page.is_file():
            return self.say(404, {"error": "no such order in the book"})
        page.unlink()
        (KEEP / "slips" / f"{ticket}.txt").unlink(missing_ok=True)
        return self.say(200, {"struck": ticket})

    def place(self):
        """What the path names: orders or slips, and the ticket."""
        match = PLACE.fullmatch(self.path)
        return match.groups() if match else ("", "")

    def say(self, status, what):
        """Answer with text or JSON."""
        text = what if isinstance(what, str) else json.dumps(what) + "\n"
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8" if isinstance(what, str) else "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, form, *values):
        """One line a request, but none for the healthcheck."""
        if self.path != "/health":
            super().log_message(form, *values)


def main():
    """Open the stand, and close it when the engine says so."""
    stop = queue.SimpleQueue()
    signal.signal(signal.SIGTERM, lambda *_: stop.put(True))
    signal.signal(signal.SIGINT, lambda *_: stop.put(True))
    kitchen = Counter.kitchen = Kitchen(os.environ["STAND"], os.environ["MENU"])
    server = ThreadingHTTPServer(("", 8080), Counter)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"kitchen: {kitchen.stand} is open", flush=True)
    while stop.empty():
        time.sleep(0.1)  # a signal that another thread took up is only acted on when this one wakes
    print(f"kitchen: closing, {len(kitchen.stove)} on the stove", flush=True)
    kitchen.close()
    print("kitchen: closed, the stove is empty", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
