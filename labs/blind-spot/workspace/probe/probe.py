"""Walks through the shop every second or so, and tells Prometheus on /metrics how it went."""

import http.client
import json
import os
import signal
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from journeys import JOURNEYS

EVERY = 1.0
"""Seconds between the end of one walk and the beginning of the next."""
seen = {}
"""For each journey whether the last walk went well, and how long it took."""


class Shop:
    """The shop as a customer meets it."""

    def __init__(self, address):
        self.address = address

    def ask(self, path, what=None):
        """Ask for a page, or send something; gives the status and what was said. Status 0 is no answer."""
        data = None if what is None else json.dumps(what).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=4) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as problem:
            return problem.code, problem.read().decode()
        except (OSError, http.client.HTTPException) as problem:
            return 0, str(problem)


def walk(name, journey):
    """Walk again and again."""
    shop = Shop("http://front:8080")
    while True:
        began = time.monotonic()
        try:
            well = bool(journey(shop))
        except (ValueError, KeyError) as problem:
            print(f"{name}: {problem!r}", flush=True)
            well = False
        seen[name] = (int(well), time.monotonic() - began)
        time.sleep(EVERY)


class Metrics(BaseHTTPRequestHandler):
    """What Prometheus asks for."""

    def do_GET(self):
        """Tell the last walk of each journey."""
        lines = []
        for name, (well, took) in sorted(seen.items()):
            lines.append(f'probe_success{{journey="{name}"}} {well}')
            lines.append(f'probe_duration_seconds{{journey="{name}"}} {took:.3f}')
        body = "".join(line + "\n" for line in lines).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Prometheus asks often."""


def main():
    """Walk all journeys, each in a thread of its own, and answer Prometheus."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    for name, journey in JOURNEYS.items():
        threading.Thread(target=walk, args=(name, journey), daemon=True).start()
    ThreadingHTTPServer(("", 9200), Metrics).serve_forever()


if __name__ == "__main__":
    main()
