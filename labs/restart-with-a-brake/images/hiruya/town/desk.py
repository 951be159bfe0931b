"""The desk: whoever is in this container plays the town from here, over a socket that nobody else can reach."""

import contextlib
import json
import os
import socket
import socketserver
from pathlib import Path
from typing import Any

from book import Book
from control import Control
from pager import Call

SOCKET = os.environ.get("DESK", "/run/hiruya.sock")


class Desk:
    """What can be asked for there, each by its name."""

    def __init__(self, book: Book, control: Control) -> None:
        self._book, self._control = book, control

    def do(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Do one thing, and tell how all is afterwards."""
        services = self._control.services
        one = services.get(str(asked.get("service")))
        match asked.get("do"), one:
            case "hang", found if found:
                found.hang(bool(asked.get("again")))
            case "heal", found if found:
                found.heal()
            case "set", found if found:
                for key in ("warm", "delay", "evidence"):
                    setattr(found, key, asked.get(key, getattr(found, key)))
            case "takes", _:
                self._control.takes = float(asked["seconds"])
            case "pager", _:
                Call.refuses = int(asked["refuses"])
            case "book", _:
                pass
            case _:
                return {"error": "no such thing; services: " + " ".join(sorted(services))}
        return {"book": self._book.all(), "services": {name: each.facts() for name, each in services.items()}}

    def serve(self) -> socketserver.BaseServer:
        """Listen at the socket."""
        desk = self

        class Line(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                answer = desk.do(json.loads(self.rfile.readline()))
                self.wfile.write(json.dumps(answer).encode() + b"\n")

        with contextlib.suppress(FileNotFoundError):
            Path(SOCKET).unlink()
        return socketserver.ThreadingUnixStreamServer(SOCKET, Line)


def ask(do: str, **more: Any) -> dict[str, Any]:
    """Ask for something at the desk."""
    with socket.socket(socket.AF_UNIX) as there:
        there.connect(SOCKET)
        there.sendall(json.dumps({"do": do, **more}).encode() + b"\n")
        return dict(json.loads(there.makefile().readline()))
