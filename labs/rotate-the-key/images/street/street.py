"""The street: the customers' book at GET /seen?after=NUMBER, and how the leaked key fares at GET /finder."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import customers
import finder


class Book(BaseHTTPRequestHandler):
    """What can be asked of the street."""

    def do_GET(self):
        """The book, or the finder."""
        asked = urlsplit(self.path)
        query = parse_qs(asked.query)
        if asked.path == "/finder":
            return self.answer(finder.states())
        after = int(query["after"][0]) if "after" in query else max(customers.answers, default=0)
        return self.answer(customers.seen(after))

    def do_POST(self):
        """Somebody else found a key: its user and itself, a line each."""
        told = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode().splitlines()
        finder.hold(*told[:2])
        self.answer({})

    def answer(self, content):
        """Answer with JSON."""
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nobody needs it."""


finder.hold(*finder.LEAKED)
threading.Thread(target=customers.keep_coming, daemon=True).start()
ThreadingHTTPServer(("", 8000), Book).serve_forever()
