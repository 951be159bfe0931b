"""Tells when the reading room is open: GET / is the sign at the door, GET /open?day=sat&hour=16 answers yes or no."""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

ROOM = os.environ["ROOM"]
LINES = Path(__file__).with_name("hours.txt").read_text().splitlines()
HOURS = dict(line.split(maxsplit=1) for line in LINES if line and not line.startswith("#"))


def is_open(day: str, hour: int) -> bool:
    """Whether the room is open during the hour of that day that begins then; it is closed on days without a line."""
    if day not in HOURS:
        return False
    opens, closes = HOURS[day].split()
    return int(opens) <= hour < int(closes)


class Desk(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        words = parse_qs(asked.query)
        if asked.path == "/open":
            day, hour = words.get("day", ["mon"])[0], words.get("hour", ["0"])[0]
            self.answer("yes" if is_open(day, int(hour)) else "no")
        else:
            self.answer(f"Reading room {ROOM}: Monday to Friday from 10 to 20, Saturday from 9 to 17, closed on Sunday")

    def answer(self, text: str) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{text}\n".encode())


HTTPServer(("", 8080), Desk).serve_forever()
