"""The control: it restarts a service, and hands out what can be known of its process, to whoever has the token.

GET /services: their names.  GET /services/NAME/evidence: what a restart would take away.
POST /services/NAME/restart: a new process; it is answered when that is started, before it can answer anybody.
"""

import hmac
import json
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

from book import Book
from service import Server, Service

DRIP = 0.5
"""Seconds between two pieces of evidence that never ends."""

SLOW = 2.0
"""Seconds that evidence takes which is slow."""


class Control:
    """What the control may restart, and how long that takes."""

    def __init__(self, book: Book, token: str, services: dict[str, Service], may: set[str]) -> None:
        self.book, self.token, self.services, self.may = book, token, services, may
        self.takes = 1.0

    def evidence(self, asked: "Asked", service: Service) -> None:
        """Hand out a report, or fail at that as the machine does at times."""
        entry = self.book.begin("evidence", service=service.name)
        if service.evidence == "refused":
            asked.answer(500, "the machine could not say\n")
        elif service.evidence == "slow":
            time.sleep(SLOW)
            asked.answer(200, service.report())
        elif service.evidence == "endless":
            drip(asked)
        else:
            asked.answer(200, service.report())
        self.book.end(entry)

    def restart(self, asked: "Asked", service: Service) -> None:
        """Restart it; that goes on, whatever becomes of whoever asked."""
        entry = self.book.begin("restart", service=service.name)
        time.sleep(self.takes)
        service.restart()
        self.book.end(entry)
        asked.answer(200, json.dumps({"service": service.name, "process": service.number}) + "\n")

    def refuse(self, asked: "Asked", status: int, why: str) -> None:
        """Say no, and write it down."""
        self.book.end(self.book.begin("refused", path=asked.path[:200], why=why))
        asked.answer(status, f"{why}\n")


def drip(asked: "Asked") -> None:
    """Send a line now and then, without an end."""
    asked.send_response(200)
    asked.end_headers()
    while True:
        asked.wfile.write(b"still looking\n")
        time.sleep(DRIP)


class Asked(BaseHTTPRequestHandler):
    """Somebody at the control's port."""

    control: Control

    def do_GET(self) -> None:
        """A look."""
        self._handle("GET")

    def do_POST(self) -> None:
        """An act."""
        self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 65536))
        self._handle("POST")

    def _handle(self, method: str) -> None:
        control = self.control
        if not hmac.compare_digest(self.headers.get("Authorization", ""), f"Bearer {control.token}"):
            control.refuse(self, 401, "who are you?")
            return
        parts = self.path.strip("/").split("/")
        if method == "GET" and parts == ["services"]:
            self.answer(200, json.dumps(sorted(control.services)) + "\n")
            return
        service = control.services.get(parts[1]) if len(parts) == 3 and parts[0] == "services" else None
        if service is None:
            control.refuse(self, 404, "no such thing")
        elif method == "GET" and parts[2] == "evidence":
            control.evidence(self, service)
        elif method == "POST" and parts[2] == "restart":
            if service.name in control.may:
                control.restart(self, service)
            else:
                control.refuse(self, 403, f"{service.name} is not restarted by a program")
        else:
            control.refuse(self, 404, "no such thing")

    def answer(self, status: int, text: str) -> None:
        """Send text."""
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody needs it."""


def serve(control: Control, port: int) -> Server:
    """Take requests at a port."""
    kind: Any = type("AskedOfOne", (Asked,), {"control": control})
    return Server(("", port), kind)
