"""The payment provider, which nobody at the shop can change. It charges each number once.

GET  /pass            {"pass": ..., "valid_seconds": ...}: by which the provider knows the shop
POST /charges         {"id": ..., "total": ..., "pass": ...}; 401 for a pass that is none, or is over
GET  /charges/ID      {"charged": true, "total": ...}
GET  /statement       what was charged so far
"""

import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from book import Lines

USUAL, SLOW, LONGEST = 0.03, 8.0, 240.0
DAY, SHORT = 86400 * 365.0, 5.0
"""Seconds for which a pass is good: as it always was, and since the provider changed that."""


def mark(moment):
    """What makes a pass ours."""
    return hashlib.sha256(f"hayabusa {moment}".encode()).hexdigest()[:12]


class Provider:
    """Its book, and how it fares."""

    def __init__(self):
        self.lines = Lines("charges.jsonl")
        self.charges = {row["id"]: row for row in self.lines.read()}
        self.turn = threading.Lock()
        self.slow = False
        self.slow_at = 0.0
        """When it was slow last."""
        self.hang = False
        self.valid = DAY
        self.waiting = 0
        """Statements that somebody waits for, in vain."""
        self.told = {}
        """What the statement of a night said."""

    def set_slow(self, slow):
        """Slow from now on, or no longer."""
        if self.slow:
            self.slow_at = time.time()
        self.slow = slow

    def was_slow(self, since):
        """Whether it was slow at some time since then."""
        return self.slow or self.slow_at >= since

    def new_pass(self):
        """A pass from now on: the moment, and a mark that only we can make."""
        moment = f"{time.time():.2f}"
        return 200, {"pass": f"{moment}-{mark(moment)}", "valid_seconds": self.valid}

    def knows(self, shown):
        """Whether a pass is ours, and not over."""
        moment, _, seal = str(shown).partition("-")
        return seal == mark(moment) and time.time() - float(moment) < self.valid

    def charge(self, number, total, shown):
        """Take the money, once for each number."""
        if not self.knows(shown):
            return 401, {"error": "this pass is not good, or no longer"}
        end = time.time() + SLOW
        time.sleep(USUAL)
        while self.slow and time.time() < end:
            time.sleep(0.05)
        with self.turn:
            if number not in self.charges:
                self.charges[number] = {"id": number, "total": int(total), "at": time.time()}
                self.lines.add(self.charges[number])
        return 200, {"id": number, "charged": True}

    def statement(self, night):
        """What was charged so far; while it hangs, nothing."""
        end = time.time() + LONGEST
        if self.hang:
            self.waiting += 1
            while self.hang and time.time() < end:
                time.sleep(0.05)
            self.waiting -= 1
            return 503, {"error": "try again later"}
        with self.turn:
            found = sum(row["total"] for row in self.charges.values())
        self.told[night] = found
        return 200, {"night": night, "charged": found}

    def serve(self):
        """Answer for ever."""
        provider = self

        class Desk(BaseHTTPRequestHandler):
            def do_GET(self):
                asked = urlsplit(self.path)
                if asked.path.startswith("/charges/"):
                    row = provider.charges.get(asked.path.removeprefix("/charges/"))
                    return self.tell(200, {"charged": bool(row), "total": row["total"] if row else 0})
                if asked.path == "/pass":
                    return self.tell(*provider.new_pass())
                if asked.path == "/statement":
                    return self.tell(*provider.statement(parse_qs(asked.query).get("night", ["0"])[0]))
                return self.tell(404, {})

            def do_POST(self):
                try:
                    sent = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
                    self.tell(*provider.charge(str(sent["id"])[:60], sent["total"], sent.get("pass")))
                except (ValueError, KeyError, TypeError):
                    self.tell(400, {"error": "id and total, please"})

            def tell(self, status, found):
                body = json.dumps(found).encode()
                try:
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    pass  # who asked has gone

            def log_message(self, *_):
                pass

        ThreadingHTTPServer.request_queue_size = 128
        ThreadingHTTPServer(("", 8200), Desk).serve_forever()
