"""The deploy robot. Every ten seconds it takes the repository as it is, and has the services take that over.

GET  /bundle/ROLE   {"round": ..., "files": {name: text}}: the folder ROLE of the repository, at the last round
GET  /rounds        when the last rounds were, and what was new in them
POST /round         begin a round now
POST /catch-up      the same, if the repository has anything new
"""

import hashlib
import json
import os
import re
import signal
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

EVERY = 10
ROLES = ("front", "catalog", "checkout", "jobs", "watch", "database")
NAME = re.compile(r'href="([\w.-]{1,60})"')
bundles, rounds, turn = {}, [], threading.Lock()


def read(path):
    """A file of the repository, or a folder's list."""
    with urllib.request.urlopen(f"http://repo:8000/{path}", timeout=3) as answer:
        return answer.read(1 << 18).decode("utf-8", "replace")


def begin(always=True):
    """Take the repository as it is; tells whether anything in it was new."""
    with turn:
        found = {role: {name: read(f"{role}/{name}") for name in NAME.findall(read(f"{role}/"))} for role in ROLES}
        new = [role for role in ROLES if bundles.get(role, {}).get("files") != found[role]]
        if not new and not always:
            return {"at": 0.0, "new": []}
        stamp = f"{time.time():.3f}"
        for role in ROLES:
            bundles[role] = {"round": stamp, "files": found[role]}
        mark = hashlib.sha256(json.dumps(found).encode()).hexdigest()[:8]
        rounds.append({"at": float(stamp), "new": new, "repository": mark})
        del rounds[:-50]
        return rounds[-1]


def keep():
    """A round every few seconds."""
    while True:
        try:
            begin()
        except (OSError, ValueError) as problem:
            print(f"no round: {problem}", flush=True)
            time.sleep(0.5)
            continue
        time.sleep(EVERY)


class Robot(BaseHTTPRequestHandler):
    """What services and people ask it."""

    def do_GET(self):
        """Bundles and rounds."""
        _, what, role = [*self.path.split("/"), "", ""][:3]
        if what == "bundle" and role in bundles:
            self.tell(200, bundles[role])
        elif what == "rounds":
            self.tell(200, rounds)
        else:
            self.tell(200 if what == "health" and bundles else 503, {})

    def do_POST(self):
        """A round, now."""
        try:
            self.tell(200, begin(always=self.path != "/catch-up"))
        except (OSError, ValueError) as problem:
            self.tell(503, {"error": str(problem)})

    def tell(self, status, found):
        """Answer with JSON."""
        body = json.dumps(found).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """It is asked often."""


signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
threading.Thread(target=keep, daemon=True).start()
ThreadingHTTPServer(("", 8000), Robot).serve_forever()
