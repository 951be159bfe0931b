"""The parcel desk: tells customers and drivers where parcels are.

GET /                who we are
GET /health          for the healthcheck
GET /parcels/NUMBER  one parcel, as the depot knows it, and the bay in which it was scanned last
GET /rounds/NUMBER   all parcels of a driver's round
"""

import json
import os
import re
import signal
import socket
import sys
from configparser import ConfigParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from depot import Depot
from yard import Yard

TOWN, LETTERS, LENGTH = (os.environ[f"KIKORI_{name}"] for name in ("TOWN", "LETTERS", "ROUND"))


class Counter(BaseHTTPRequestHandler):
    """Answers one visitor."""

    depot: Depot
    yard: Yard
    server_version = "desk"
    wbufsize = 1 << 16  # an answer leaves in one piece

    def do_GET(self):
        """Find out which page is wanted."""
        if self.path == "/":
            return self.say(200, {"desk": TOWN, "parcels": f"/parcels/{LETTERS}-0101", "rounds": "/rounds/1"})
        if self.path == "/health":
            return self.say(200, {"desk": "open"})
        if found := re.fullmatch(r"/parcels/([A-Z]{2}-\d{4})", self.path):
            return self.tell([found[1]], one=True)
        if found := re.fullmatch(r"/rounds/(\d{1,2})", self.path):
            return self.tell([f"{LETTERS}-{int(found[1]):02}{n:02}" for n in range(int(LENGTH))])
        return self.say(404, {"error": "no such page"})

    def tell(self, numbers, one=False):
        """Ask the depot about parcels."""
        try:
            found = self.depot.find(numbers)
        except OSError as problem:
            self.log_error("depot: %s", problem or type(problem).__name__)
            return self.say(504, {"error": "the depot did not answer"})
        if one:
            return self.say(200, found[0] | {"bay": self.yard.bay_of(numbers[0])})
        return self.say(200, found)

    def say(self, status, what):
        """Answer with JSON."""
        body = (json.dumps(what) + "\n").encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code="-", size="-"):
        """The healthcheck is not worth a line."""
        if self.path != "/health":
            super().log_request(code, size)


class Office(ThreadingHTTPServer):
    """Listens on one port; many may wait."""

    daemon_threads = True
    request_queue_size = 128


def main():
    """Open the desk, until the supervisor says stop."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    socket.setdefaulttimeout(None)
    settings = ConfigParser(inline_comment_prefixes="#")
    with open(sys.argv[1], encoding="utf-8") as lines:
        settings.read_file(lines)
    Counter.depot, Counter.yard = Depot(settings["depot"]), Yard(settings["yard"])
    Counter.yard.open()
    with Office(("", 8080), Counter) as office:
        print(f"desk: {TOWN} is open", flush=True)
        office.serve_forever()


if __name__ == "__main__":
    main()
