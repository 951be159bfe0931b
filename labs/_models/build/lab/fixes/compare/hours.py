"""Tells whether the reading room is open: GET / is the front page, GET /open?hour=17 answers yes or no."""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

ROOM = os.environ["ROOM"]
OPENS = int(os.environ["OPENS"])
CLOSES = int(os.environ["CLOSES"])


def is_open(hour: int) -> bool:
    """Whether the room is open during the hour that begins then."""
    return OPENS <= hour < CLOSES


class Desk(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        hour = parse_qs(asked.query).get("hour", ["0"])[0]
        if asked.path == "/open":
            self.answer("yes" if is_open(int(hour)) else "no")
        else:
            self.answer(f"Reading room {ROOM}, open from {OPENS} to {CLOSES}")

    def answer(self, text: str) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{text}\n".encode())


HTTPServer(("", 8080), Desk).serve_forever()
