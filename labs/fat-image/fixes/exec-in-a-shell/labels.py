"""Prints parcel labels, over HTTP.

GET /              who we are
GET /health        for a healthcheck
GET /label/NUMBER  the number with its check digit
"""

import ctypes
import os
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

DEPOT = os.environ.get("DEPOT", "?")
LIBRARY = ctypes.CDLL(str(Path(__file__).with_name("libdigit.so")))
LIBRARY.seal.restype = ctypes.c_char_p


class Counter(BaseHTTPRequestHandler):
    """Where labels are asked for."""

    printed = 0
    timeout = 5

    def do_GET(self):
        """Print a label, or say who we are."""
        number = self.path.removeprefix("/label/")
        if number.isdecimal() and len(number) < 20:
            Counter.printed += 1
            self.say(200, f"{DEPOT} {number}-{LIBRARY.digit(number.encode())}\n")
        elif self.path in ("/", "/health"):
            self.say(200, f"labels for {DEPOT}, licence seal {LIBRARY.seal().decode()}\n")
        else:
            self.say(404, "no such label\n")

    def say(self, status, text):
        """Answer in plain text."""
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())


def main():
    """Serve until SIGINT or SIGTERM, and say how many labels were printed."""
    server = ThreadingHTTPServer(("", 8080), Counter)
    server.daemon_threads = False

    def close(number, frame):
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, close)
    signal.signal(signal.SIGINT, close)
    server.serve_forever()
    server.server_close()
    print(f"closed after {Counter.printed} labels", flush=True)


main()
