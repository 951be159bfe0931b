"""The warehouse's own system, which nobody at the shop can change: how many of each product there are.

GET /stock?ids=1,2    {"1": 17, "2": 0}; four questions at a time, each 0.04 s. While the
                      warehouse is busy, one question after the other, each 0.8 s
"""

import json
import random
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

USUAL, BUSY, AGE, GRACE = 0.04, 0.8, 15.0, 9.0
"""Seconds for a question, and for one in busy hours, for which a number may still be shown, and for which none may be after a busy time."""


class Warehouse:
    """Its numbers, and what they were."""

    def __init__(self):
        self.counts = {}
        self.busy = False
        self.busy_at = 0.0
        self.turn, self.desks = threading.Lock(), threading.Semaphore(4)
        self.changed_at = 0.0
        """When all numbers changed last."""

    def set_busy(self, busy):
        """Busy from now on, or no longer."""
        if self.busy:
            self.busy_at = time.time()
        self.busy = busy

    def change(self, ids):
        """Something is sold, and something comes in."""
        now = time.time()
        for number in ids:
            past = self.counts.setdefault(number, [])
            past.append((now, random.randrange(1000)))
            del past[:-40]

    def change_all(self):
        """All numbers change at once."""
        self.change(list(self.counts))
        self.changed_at = time.time()

    def was(self, number, shown):
        """Whether a number was right a short while ago, or is; none is right where the warehouse was busy."""
        now = time.time()
        if shown is None:
            return self.busy or now - self.busy_at < GRACE
        past = self.counts[number]
        ends = [at for at, _ in past[1:]] + [now]
        return any(count == shown and end >= now - AGE for (_, count), end in zip(past, ends, strict=True))

    def stock(self, ids):
        """Answer a question."""
        if self.busy:
            with self.turn:
                end = time.time() + BUSY
                while self.busy and time.time() < end:
                    time.sleep(0.02)
        else:
            with self.desks:
                time.sleep(USUAL)
        return {str(number): self.counts[number][-1][1] for number in ids if number in self.counts}

    def serve(self):
        """Answer for ever."""
        warehouse = self

        class Desk(BaseHTTPRequestHandler):
            def do_GET(self):
                asked = parse_qs(urlsplit(self.path).query).get("ids", [""])[0]
                found = warehouse.stock([int(one) for one in asked.split(",")[:60] if one.isdigit()])
                body = json.dumps(found).encode()
                try:
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    pass  # who asked has gone

            def log_message(self, *_):
                pass

        ThreadingHTTPServer.request_queue_size = 128
        ThreadingHTTPServer(("", 8300), Desk).serve_forever()
