"""Plays the parcel service: books parcels, and knows which it has booked.

POST /parcels      {"reference": 1234, "to": "Mori"}: the tracking number as "tracking"; a parcel is booked with its
                   answer, so who hangs up before that has booked nothing
GET  /parcels/ID   200 for a parcel that was booked here
"""

import json
import os
import re
import secrets
import select
import signal
import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

NAME = f"labels.{os.environ['KIKORI_CARRIER']}.example"
BOOKED = Path("/var/lib/town/parcels")
THINKING = 0.12  # seconds for one booking


class Counter(BaseHTTPRequestHandler):
    """Where shops book."""

    timeout = 10

    def do_GET(self):
        """Whether a parcel is known."""
        booked = BOOKED.read_text() if BOOKED.exists() else ""
        found = re.fullmatch(r"/parcels/(\w+)", self.path)
        known = found and f'"tracking": "{found[1]}"' in booked
        self.say(200 if self.path == "/health" or known else 404, {})

    def do_POST(self):
        """Book one."""
        told = self.rfile.read(min(int(self.headers["Content-Length"] or 0), 4096))
        if (self.headers["Host"] or "").split(":")[0] != NAME:
            self.say(421, {"error": f"this machine answers as {NAME} only"})
            return
        try:
            asked = json.loads(told)
            parcel = {"reference": asked["reference"], "to": asked["to"]}
        except (KeyError, TypeError, ValueError):
            self.say(400, {"error": "a parcel has a reference and somebody whom it goes to"})
            return
        time.sleep(THINKING)
        if self.has_hung_up():
            self.close_connection = True
            return
        tracking = f"{os.environ['KIKORI_CARRIER'][:2].upper()}{secrets.token_hex(5)}"
        with BOOKED.open("a") as file:
            file.write(json.dumps({"tracking": tracking} | parcel) + "\n")
        self.say(201, {"tracking": tracking})

    def has_hung_up(self):
        """Whether nobody waits for the answer any more."""
        heard, _, _ = select.select([self.connection], [], [], 0)
        try:
            return bool(heard) and not self.connection.recv(1, socket.MSG_PEEK)
        except OSError:
            return True

    def say(self, status, told):
        """Answer."""
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """A carrier tells its customers nothing."""


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the first process has no default for it
ThreadingHTTPServer(("", 8443), Counter).serve_forever()
