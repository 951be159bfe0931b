"""The slip printers of all stations. A slip takes its time; many can be printed at once.

POST /slips                  {"station", "number", "phone"}: comes back when the slip is out
GET  /slips/STATION/NUMBER   the telephones on the slips with that number
"""

import json
import os
import signal
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECONDS = float(os.environ["KIKORI_PRINTING"])
slips = defaultdict(list)


class Printer(BaseHTTPRequestHandler):
    """Prints, and tells what was printed."""

    def do_POST(self):
        """Print one slip."""
        slip = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(SECONDS)
        slips[f"/slips/{slip['station']}/{slip['number']}"].append(slip["phone"])
        self.say({"printed": True})

    def do_GET(self):
        """What was printed."""
        self.say(slips.get(self.path, []))

    def say(self, what):
        """Answer with JSON."""
        body = (json.dumps(what) + "\n").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Printers keep no log."""


class Hall(ThreadingHTTPServer):
    """Many may print at once."""

    daemon_threads = True
    request_queue_size = 64


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    Hall(("", 9100), Printer).serve_forever()
