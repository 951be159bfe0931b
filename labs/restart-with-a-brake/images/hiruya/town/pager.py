"""The pager: POST /page is a call of somebody's own words, POST /alertmanager one of Alertmanager's messages.

Where it is to, it stands in for the robot as well, and writes down what Alertmanager sends there (POST /alerts).
"""

import json
from http.server import BaseHTTPRequestHandler
from typing import Any

from book import Book
from service import Server

MOST = 256 * 1024
PLACES = {"/page": "page", "/alertmanager": "person", "/alerts": "robot"}


def firing(text: str) -> list[dict[str, str]]:
    """The labels of what fires in a message of Alertmanager's; nothing where it is none."""
    try:
        alerts = json.loads(text)["alerts"]
        return [dict(one["labels"]) for one in alerts if one["status"] == "firing"]
    except (ValueError, TypeError, KeyError):
        return []


class Call(BaseHTTPRequestHandler):
    """Somebody at the pager's port."""

    book: Book
    refuses = 0
    """Calls that it will not take, before it takes one."""

    def do_POST(self) -> None:
        """Write it down."""
        text = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MOST)).decode("utf-8", "replace")
        what = PLACES.get(self.path)
        if what == "page" and Call.refuses > 0:
            Call.refuses -= 1
            self.book.end(self.book.begin("page-refused", text=text[:4000]))
            self.send_error(503)
            return
        if what == "page":
            self.book.end(self.book.begin("page", text=text[:4000]))
        elif what:
            given = self.headers.get("Authorization", "")
            self.book.end(self.book.begin(what, alerts=firing(text), authorization=given))
        self.send_response(200 if what else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody needs it."""


def serve(book: Book, port: int) -> Server:
    """Take calls at a port."""
    kind: Any = type("CallOfOne", (Call,), {"book": book})
    return Server(("", port), kind)
