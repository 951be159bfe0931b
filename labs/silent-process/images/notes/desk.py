"""Takes orders over HTTP and shows what became of them.

GET  /              the page on the wall of the packing room
GET  /health        ok, as long as this process answers
GET  /tally         how many notes were counted
POST /orders        {"customer": "Mori", "item": "sencha 100 g", "count": 2}: the order's number as "order"
DELETE /orders/N    takes an order back that nobody has begun
GET  /notes/N       the printed note; 202 while it is waiting
"""

import json
import os
import re
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import paths

ORDER = re.compile(r"/(orders|notes)/([0-9a-f]{8})")


def note_down(what, order):
    """Add a line to the journal of all orders."""
    with paths.JOURNAL.open("a", encoding="utf-8") as journal:
        journal.write(f"{time.time():.1f} {what} {order}\n")


def take(asked):
    """Put an order where the clerks look for work."""
    order = asked | {"order": uuid.uuid4().hex[:8], "taken": time.time()}
    file = paths.WAITING / f"{order['order']}.json"
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(order), encoding="utf-8")
    note_down("taken", order["order"])
    draft.rename(file)
    return order


def open_orders():
    """When each order was taken that has no note yet, the oldest first."""
    files = [*paths.WAITING.glob("*.json"), *paths.CLAIMED.glob("*/*.json")]
    found = []
    for file in files:
        try:
            found.append(json.loads(file.read_text(encoding="utf-8"))["taken"])
        except (OSError, ValueError):
            continue  # printed meanwhile
    return sorted(found)


def wall():
    """The page on the wall."""
    waiting = open_orders()
    notes = sorted(paths.PRINTED.glob("*.txt"), key=lambda file: file.stat().st_mtime)
    lines = [os.environ.get("KIKORI_SHOP", "Tea"), "", f"Notes counted: {paths.TALLY.read_text().strip()}"]
    lines += [f"Orders without a note: {len(waiting)}"]
    lines += [f"The oldest of them waits for {time.time() - waiting[0]:.0f} s"] if waiting else []
    for file in notes[-8:]:
        lines += ["", file.read_text(encoding="utf-8").strip()]
    return "\n".join(lines) + "\n"


class Desk(BaseHTTPRequestHandler):
    """Where orders come in."""

    timeout = 10

    def do_GET(self):
        """The wall, the count, or one note."""
        if self.path in ("/", "/health", "/tally"):
            text = {"/": wall, "/health": lambda: "ok\n", "/tally": paths.TALLY.read_text}[self.path]()
            self.say(200, text)
        elif not (asked := ORDER.fullmatch(self.path)):
            self.say(404, "no such page\n")
        elif (note := paths.PRINTED / f"{asked[2]}.txt").is_file():
            self.say(200, note.read_text(encoding="utf-8"))
        else:
            self.say(202, "waiting\n")

    def do_POST(self):
        """Take an order."""
        try:
            asked = json.loads(self.rfile.read(min(int(self.headers["Content-Length"] or 0), 4096)))
            order = {key: asked[key] for key in ("customer", "item", "count")}
        except (KeyError, TypeError, ValueError):
            self.say(400, "an order has a customer, an item and a count\n")
            return
        self.say(202, json.dumps(take(order)) + "\n")

    def do_DELETE(self):
        """Take an order back, as long as no clerk has it in hand."""
        asked = ORDER.fullmatch(self.path)
        try:
            (paths.WAITING / f"{asked[2]}.json").unlink()
        except (OSError, TypeError):
            self.say(409, "too late\n")
            return
        note_down("cancelled", asked[2])
        self.say(200, "taken back\n")

    def say(self, status, text):
        """Answer."""
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code="-", size="-"):
        """Orders only; the wall asks every few seconds."""
        if self.command != "GET":
            super().log_request(code, size)


ThreadingHTTPServer(("", 8080), Desk).serve_forever()
