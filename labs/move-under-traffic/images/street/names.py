"""The name service: GET /orders tells where orders are taken, and for how long that may be kept; PUT sets it."""

import json
import re
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT, TTL = 8053, 4
ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,60}")


class Names:
    """The one name that there is, and when it was last changed."""

    def __init__(self, address):
        self.address, self.changed = address, 0.0

    def put(self, address):
        """Have the name point elsewhere; gives whether that is an address."""
        if not ADDRESS.fullmatch(address):
            return False
        if address != self.address:
            self.address, self.changed = address, time.time()
        return True

    def serve(self):
        """Answer at its port, for ever."""
        names = self

        class Asked(BaseHTTPRequestHandler):
            def do_GET(self):
                self.tell(200)

            def do_PUT(self):
                told = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 200))
                self.tell(200 if names.put(told.decode("utf-8", "replace").strip()) else 400)

            def tell(self, status):
                body = json.dumps({"address": names.address, "ttl": TTL}).encode() + b"\n"
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        ThreadingHTTPServer(("", PORT), Asked).serve_forever()
