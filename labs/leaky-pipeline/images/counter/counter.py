"""The telegram counter: takes congratulations and condolences, by HTTP.

GET  /           who we are
GET  /health     for the healthcheck
GET  /metrics    what the counter counts about itself
POST /telegrams  {"to": ..., "text": ...} is a telegram; the answer is its number
"""

import json
import os
import signal
import sys
import threading
import time
from configparser import ConfigParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path

from events import Events
from tally import Tally

TOWN = os.environ["KIKORI_TOWN"]
LAST = Path("/var/lib/counter/last")


class Counter(BaseHTTPRequestHandler):
    """Answers one customer."""

    events: Events
    tally = Tally()
    numbers = count(1)
    lock = threading.Lock()
    protocol_version = "HTTP/1.1"
    server_version = "counter"
    wbufsize = 1 << 16  # an answer leaves in one piece

    def do_GET(self):
        """Find out which page is wanted."""
        begun = time.monotonic()
        if self.path == "/metrics":
            return self.say(200, self.tally.page(), "text/plain; version=0.0.4")
        if self.path == "/health":
            return self.say(200, "open\n")
        known = self.path == "/"
        self.say(200 if known else 404, {"counter": TOWN, "telegrams": "POST /telegrams"} if known else {"error": "?"})
        return self.tally.count(
            "/" if known else "other", time.monotonic() - begun, method="GET", code="200" if known else "404"
        )

    def do_POST(self):
        """Take a telegram: it is accepted when its record is on its way."""
        begun = time.monotonic()
        status, answer = self.take(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        self.say(status, answer)
        labels = {"method": "POST", "code": str(status)}
        self.tally.count("/telegrams", time.monotonic() - begun, **labels)

    def take(self, body):
        """Number a telegram and hand over its record."""
        try:
            telegram = json.loads(body)
            to, text = str(telegram["to"]), str(telegram["text"])
        except (ValueError, KeyError, TypeError):
            return 400, {"error": "a telegram has to and text"}
        number = self.next_number()
        try:
            self.events.record(number, to, text)
        except OSError as problem:
            self.log_error("record of %d: %s", number, problem)
            return 503, {"error": "no record could be made"}
        return 201, {"number": number}

    def next_number(self):
        """A number that no other telegram has, also after a restart."""
        with self.lock:
            number = next(self.numbers)
            LAST.write_text(str(number), encoding="ascii")
        return number

    def say(self, status, what, kind="application/json"):
        """Answer with a text or with JSON."""
        body = (what if isinstance(what, str) else json.dumps(what) + "\n").encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code="-", size="-"):
        """What was accepted has a record; the rest is not worth a line."""


class Office(ThreadingHTTPServer):
    """Listens; many may wait."""

    daemon_threads = True
    request_queue_size = 128


def main():
    """Open the counter, until the supervisor says stop."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    settings = ConfigParser(inline_comment_prefixes="#")
    with Path(sys.argv[1]).open(encoding="utf-8") as lines:
        settings.read_file(lines)
    Counter.events = Events(settings["events"])
    Counter.numbers = count(int(LAST.read_text(encoding="ascii") or 0) + 1 if LAST.exists() else 1)
    with Office(("", 8080), Counter) as office:
        print(f"counter: {TOWN} is open", flush=True)
        office.serve_forever()


if __name__ == "__main__":
    main()
