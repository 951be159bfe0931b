"""The history: makes the month, shows it in Prometheus (port 9090), and runs rules over it (port 9091)."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import replay
import store
from month import pages

PLACE = Path("/srv/month")
BLOCKS = PLACE / "data"
LARGEST = 256 * 1024
one_at_a_time = threading.Lock()


def make(history: Any) -> None:
    """Write the month as text, and have promtool make blocks of it; none of it stays outside of memory.

    The files are made meanwhile.
    """
    with tempfile.TemporaryDirectory(dir=store.SCRATCH) as place, ThreadPoolExecutor() as pool:
        text, blocks = Path(place) / "month.om", Path(place) / "data"
        with text.open("w") as to:
            history.write(to)
        argv = ["tsdb", "create-blocks-from", "openmetrics", "--quiet", "--max-block-duration=2000h", text, blocks]
        made = pool.submit(store.promtool, *argv)
        Desk.files = pages.files(history)
        made.result()
        shutil.copytree(blocks, BLOCKS, dirs_exist_ok=True)


class Desk(BaseHTTPRequestHandler):
    """Hands out what the shop kept, and runs rules."""

    history: Any
    files: dict[str, bytes]

    def do_GET(self) -> None:  # the name that http.server wants
        """A file of the archive."""
        body = self.files.get(self.path)
        self.answer(200 if body is not None else 404, body if body is not None else b"there is no such file\n")

    def do_POST(self) -> None:
        """Run rules over the month."""
        length = int(self.headers.get("Content-Length") or 0)
        if self.path != "/replay" or length > LARGEST:
            self.answer(404, b"POST /replay, with at most 256 KiB\n")
            return
        try:
            asked = json.loads(self.rfile.read(length))
            clock = self.history.clock
            with one_at_a_time:
                found = replay.replay(
                    asked.get("rules", ""), asked.get("instant", []), BLOCKS, (clock.start, clock.end), clock.tick
                )
            found |= pages.judged(self.history, found["alerts"])
        except store.Refused as problem:
            found = {"error": str(problem)}
        self.answer(200, json.dumps(found).encode())

    def answer(self, status: int, body: bytes) -> None:
        """Send it."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the log is for what went wrong."""


def main() -> None:
    """Make what is not there yet, and serve."""
    Desk.history = pages.history(sys.argv[1], os.environ["PAST"], os.environ["MONTH"])
    make(Desk.history)
    shown = store.start(BLOCKS, 9090, "0.0.0.0")  # noqa: S104  # published on the loopback alone
    signal.signal(signal.SIGTERM, lambda *_: (shown.kill(), os._exit(0)))
    store.wait("http://127.0.0.1:9090")
    ThreadingHTTPServer(("", 9091), Desk).serve_forever()


if __name__ == "__main__":
    main()
