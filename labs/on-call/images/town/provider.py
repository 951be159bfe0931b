"""The payment provider, which nobody at the shop can change. It charges each number once.

GET  /pass            {"pass": ..., "valid_seconds": ...}: by which the provider knows the shop
POST /charges         {"id": ..., "total": ..., "pass": ...}; 401 for a pass that is none, or is over
GET  /charges/ID      {"charged": true, "total": ...}
GET  /statement       what was charged so far
GET  /status          since when all is well, and what was asked of it in the last ten seconds
"""

import hashlib
import json
import queue
import socket
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from book import Lines

USUAL, SLOW, LONGEST = 0.03, 8.0, 240.0
DESKS, AT_DESK, DOOR = 2, 0.2, 1.5
"""Once it has few desks: how many, the seconds that each charge takes there, and for how long a charge stays in the line."""
DAY, SHORT = 86400 * 365.0, 5.0
"""Seconds for which a pass is good: as it always was, and since the provider changed that."""


def mark(moment):
    """What makes a pass ours."""
    return hashlib.sha256(f"hayabusa {moment}".encode()).hexdigest()[:12]


class Ticket:
    """A charge that stands in the line for a desk."""

    def __init__(self, number, total):
        self.number, self.total, self.at = number, total, time.time()
        self.done, self.answer = threading.Event(), (503, {"error": "the line was too long"})


def has_gone(line):
    """Whether who asked has hung up; the provider's desks do not know."""
    try:
        return line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


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
        self.few_desks = False
        """Whether charges stand in one line; without that there is a desk for each."""
        self.line = queue.Queue()
        self.asked = deque(maxlen=4000)
        self.waiting = 0
        """Statements that somebody waits for, in vain."""
        self.told = {}
        """What the statements of a night said; those for which no night was named are of night 0."""

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

    def charge(self, number, total, shown, line):
        """Take the money, once for each number."""
        if not self.knows(shown):
            return 401, {"error": "this pass is not good, or no longer"}
        self.asked.append((time.time(), number))
        if not self.few_desks:
            return self.serve_charge(number, total, USUAL)
        ticket = Ticket(number, total)
        self.line.put(ticket)
        while not ticket.done.wait(0.05) and not has_gone(line):
            pass
        return ticket.answer

    def desk(self):
        """Serve the line: who has gone keeps their place, and who has stood in it for too long is sent away."""
        while True:
            ticket = self.line.get()
            if time.time() - ticket.at < DOOR:
                ticket.answer = self.serve_charge(ticket.number, ticket.total, AT_DESK)
            ticket.done.set()

    def serve_charge(self, number, total, seconds):
        """One charge, also of a number that was charged before: that is looked up last."""
        end = time.time() + SLOW
        time.sleep(seconds)
        while self.slow and time.time() < end:
            time.sleep(0.05)
        with self.turn:
            if number not in self.charges:
                self.charges[number] = {"id": number, "total": int(total), "at": time.time()}
                self.lines.add(self.charges[number])
        return 200, {"id": number, "charged": True}

    def status(self):
        """What it says of itself to whoever asks."""
        now = time.time()
        asked = [number for at, number in list(self.asked) if at > now - 10]
        well = "not now" if self.slow else f"{now - self.slow_at:.0f} s" if self.slow_at else "always"
        desks = {"desks": DESKS, "seconds of a charge": AT_DESK} if self.few_desks else {}
        return 200, {"well for": well, "charges asked in 10 s": len(asked), "of orders": len(set(asked))} | desks

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
        self.told.setdefault(night, []).append(found)
        return 200, {"night": night, "charged": found}

    def told_of(self, night):
        """What it said when it was asked for a night's statement, or for one of no night."""
        return [*self.told.get("0", []), *self.told.get(str(night), [])]

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
                if asked.path == "/status":
                    return self.tell(*provider.status())
                if asked.path == "/statement":
                    return self.tell(*provider.statement(parse_qs(asked.query).get("night", ["0"])[0]))
                return self.tell(404, {})

            def do_POST(self):
                try:
                    sent = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
                    self.tell(*provider.charge(str(sent["id"])[:60], sent["total"], sent.get("pass"), self.connection))
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

        for _ in range(DESKS):
            threading.Thread(target=self.desk, daemon=True).start()
        ThreadingHTTPServer.request_queue_size = 128
        ThreadingHTTPServer(("", 8200), Desk).serve_forever()
