"""Shows when each book comes back: GET / is the front page, GET /shelf the list, POST /loans takes BOOK;READER;DAY."""

import json
import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

ROOM = os.environ["ROOM"]
BOOKS = [f"{ROOM}-{number}" for number in range(150)]
LOANS = Path("/tmp/loans.txt")
"""One loan a line, all loans of ten years; the last one of a book counts."""


def due(book: str) -> str:
    """The day on which a book comes back."""
    found = ""
    with LOANS.open() as lines:
        for line in lines:
            name, _, day = line.rstrip().split(";")
            if name == book:
                found = day
    return found


def shelf() -> dict[str, str]:
    """All books, with the day on which each comes back."""
    return {book: due(book) for book in BOOKS}


class Desk(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.answer(json.dumps(shelf()) if self.path == "/shelf" else f"Reading room {ROOM}, {len(BOOKS)} books")

    def do_POST(self) -> None:
        loan = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with LOANS.open("a") as lines:
            lines.write(f"{loan}\n")
        self.answer("noted")

    def answer(self, text: str) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{text}\n".encode())


if not LOANS.exists():
    days = (f"{BOOKS[number % 150]};Reader {number % 7};{2015 + number // 300}-05-{number % 28 + 1:02}\n" for number in range(3000))
    LOANS.write_text("".join(days))
HTTPServer(("", 8080), Desk).serve_forever()
