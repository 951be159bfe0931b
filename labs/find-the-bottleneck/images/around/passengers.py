"""The passengers: they look for what they lost, all day, a few of them at a time; and when a train has come in, more.

GET /hush?seconds=N   nobody begins anything new for so long; answers when nobody is busy any more
"""

import json
import os
import random
import re
import signal
import threading
import time
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

from people import PEOPLE, ROWS, phone_of, tag

FRONT = "http://front:8080"
RUSH = int(os.environ["KIKORI_RUSH"])
WALKERS, TRAIN = 12, 3
"""How many look around at a time, and how many get off a train with something to report."""


class Street:
    """Who is busy, and until when nobody begins anything."""

    def __init__(self):
        self.lock = threading.Lock()
        self.busy, self.quiet_until = 0, 0.0

    def ask(self, path, body=None):
        """One request, when it is not quiet time."""
        while True:
            with self.lock:
                wait = self.quiet_until - time.monotonic()
                if wait <= 0:
                    self.busy += 1
                    break
            time.sleep(min(wait, 0.2))
        try:
            data = json.dumps(body).encode() if body else None
            urlopen(Request(FRONT + path, data, {"Content-Type": "application/json"}), timeout=12).read()
        except (OSError, HTTPException):
            time.sleep(0.2)
        finally:
            with self.lock:
                self.busy -= 1

    def hush(self, seconds):
        """Let nobody begin for so long, and wait until all who had begun are done."""
        with self.lock:
            self.quiet_until = time.monotonic() + seconds
        end = time.monotonic() + min(seconds, 5)
        while self.busy and time.monotonic() < end:
            time.sleep(0.02)
        return {"busy": self.busy}


def walk(street, chance):
    """Look for things, one page after the other, with a pause for thought between two."""
    while True:
        what = chance.random()
        if what < 0.45:
            street.ask(f"/items/{tag(chance.randint(1, ROWS))}")
        elif what < 0.75:
            street.ask(f"/claims?phone={phone_of(chance.randrange(PEOPLE))}")
        else:
            street.ask(f"/stations/{chance.randint(1, 24)}")
        time.sleep(chance.uniform(0.1, 0.6))


def arrive(street, chance):
    """Every few seconds a train comes in at the busy station, and some of those who get off have lost something."""
    while True:
        time.sleep(chance.uniform(3, 5))
        for _ in range(TRAIN):
            claim = {
                "phone": f"050-0000-{chance.randrange(10_000):04}",
                "station": RUSH,
                "wish": "An umbrella, I think.",
            }
            threading.Thread(target=street.ask, args=("/claims", claim), daemon=True).start()


def main():
    """Let them come, and listen for a hush."""
    street = Street()

    class Ear(BaseHTTPRequestHandler):
        """Hears a hush."""

        def do_GET(self):
            """Be quiet for a while, or only tell that we are here."""
            asked = re.fullmatch(r"/hush\?seconds=(\d+)", self.path)
            body = json.dumps(street.hush(int(asked[1])) if asked else {"passengers": "here"}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Nothing to write down."""

    for number in range(WALKERS):
        threading.Thread(target=walk, args=(street, random.Random(f"walker-{number}")), daemon=True).start()
    threading.Thread(target=arrive, args=(street, random.Random("train")), daemon=True).start()
    ThreadingHTTPServer(("", 7000), Ear).serve_forever()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    main()
