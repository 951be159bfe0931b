"""The history: makes the month, shows it in Prometheus (port 9090), and runs rules over it (port 9091)."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import replay
import store
from month import pages

PLACE = Path("/srv/month")
BLOCKS = PLACE / "data"
DRAWN = PLACE / "drawn"
LARGEST = 256 * 1024
one_at_a_time = threading.Lock()


def make(history: Any, blocks: Path, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Write a month as text, and have promtool make blocks of it; none of it stays outside of memory."""
    with tempfile.TemporaryDirectory(dir=store.SCRATCH) as place, ThreadPoolExecutor() as pool:
        text, data = Path(place) / "month.om", Path(place) / "data"
        with text.open("w") as to:
            history.write(to)
        argv = ["tsdb", "create-blocks-from", "openmetrics", "--quiet", "--max-block-duration=2000h", text, data]
        made = pool.submit(store.promtool, *argv)
        meanwhile()
        made.result()
        shutil.copytree(data, blocks, dirs_exist_ok=True)


class Another:
    """Another month, that a check has drawn; the last one is kept for whoever checks again."""

    seed: str | None = None
    history: Any = None

    @classmethod
    def of(cls, lab: str, seed: str) -> Any:
        """The month of a seed, with its blocks at DRAWN."""
        if seed != cls.seed:
            cls.seed = None
            shutil.rmtree(DRAWN, ignore_errors=True)
            cls.history = pages.drawn(lab, seed)
            make(cls.history, DRAWN)
            cls.seed = seed
        return cls.history


class Desk(BaseHTTPRequestHandler):
    """Hands out what the shop kept, and runs rules."""

    lab: str
    history: Any
    files: dict[str, bytes]

    @classmethod
    def keep_files(cls) -> None:
        """Make what can be fetched by name."""
        cls.files = pages.files(cls.history)

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
            with one_at_a_time:
                found = self.replayed(asked)
        except store.Refused as problem:
            found = {"error": str(problem)}
        self.answer(200, json.dumps(found).encode())

    def replayed(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What rules and queries come to, in the month that is shown, or in another where one is ``drawn``."""
        seed = asked.get("drawn")
        kept, blocks = (self.history, BLOCKS) if seed is None else (Another.of(self.lab, str(seed)), DRAWN)
        span = (kept.clock.start, kept.clock.end)
        found = replay.replay(asked.get("rules", ""), asked.get("instant", []), blocks, span, kept.clock.tick)
        return found | pages.judged(kept, found["alerts"])

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
    Desk.lab = sys.argv[1]
    Desk.history = pages.history(Desk.lab, os.environ["PAST"], os.environ["MONTH"])
    make(Desk.history, BLOCKS, Desk.keep_files)
    shown = store.start(BLOCKS, 9090, "0.0.0.0")  # noqa: S104  # published on the loopback alone
    signal.signal(signal.SIGTERM, lambda *_: (shown.kill(), os._exit(0)))
    store.wait("http://127.0.0.1:9090")
    ThreadingHTTPServer(("", 9091), Desk).serve_forever()


if __name__ == "__main__":
    main()
