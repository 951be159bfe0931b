"""The shop of this night: answers for every exporter, each at its own name and port, and lets the weather be set.

GET /metrics at front:8080, catalog:8080, database:9104 and so on; POST /weather/NAME at port 8000, NAME being a night.
At its first start it also writes the past week's nights into Prometheus's storage, to be looked at.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

sys.path.insert(0, "/opt/nights/lib")

from nights import LENGTHS, STEP, WEATHERS, Night

from model import Shop

SEED = os.environ.get("SEED", "1")
TONIGHT = "batch"
FRESH = 0.1
"""Seconds for which a look at the shop is good enough for the next exporter too."""
PORTS = (8080, 9100, 9104, 9150, 9115)


class Tonight:
    """The live shop: the clock moves it on."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.shop = Shop(Random(SEED))  # noqa: S311
        self.at = time.monotonic()
        self.name = TONIGHT
        self.seen = self.shop.samples()

    def samples(self) -> dict:
        """What is there to be scraped now."""
        with self.lock:
            now = time.monotonic()
            if now - self.at < FRESH:
                return self.seen
            night = Night(self.name, SEED)
            self.shop.advance(now - self.at, night.weather(night.begins))
            self.at = now
            self.seen = self.shop.samples()
            return self.seen

    def turn(self, name: str) -> None:
        """Another weather from now on."""
        self.samples()
        self.name = name


tonight = Tonight()


class Exporter(BaseHTTPRequestHandler):
    """One exporter, told by the name and port at which it is asked."""

    def do_GET(self) -> None:
        """What it knows; nothing at all where it is down."""
        host = self.headers.get("Host", "")
        seen = {key: value for key, value in tonight.samples().items() if key[0][1] == host}
        if not seen:
            self.close_connection = True
            return
        lines = []
        for (_, name, labels), value in seen.items():
            told = ",".join(f'{key}="{text}"' for key, text in labels)
            lines.append(f"{name}{{{told}}} {value}\n")
        self.answer("".join(lines))

    def answer(self, text: str) -> None:
        """Send text."""
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody needs it."""


class Desk(Exporter):
    """Where the weather is set."""

    def do_GET(self) -> None:
        """What the weather is."""
        self.answer(tonight.name + "\n")

    def do_POST(self) -> None:
        """Set it."""
        name = self.path.rsplit("/", 1)[-1]
        if name in WEATHERS:
            tonight.turn(name)
        self.answer(tonight.name + "\n")


def history(storage: Path) -> None:
    """Write the past nights into Prometheus's storage: last night was the outage, the one before the database."""
    if (storage / "nights-written").exists():
        return
    with tempfile.TemporaryDirectory(dir=storage) as folder:
        text, blocks = Path(folder, "night.txt"), Path(folder, "blocks")
        for night in [Night(name, SEED) for name in reversed(LENGTHS)]:
            begin = night.start
            with text.open("w", encoding="utf-8") as file:
                for step, seen in enumerate(night.series()):
                    file.writelines(lines(seen, begin + step * STEP))
                file.write("# EOF\n")
            subprocess.run(["promtool", "tsdb", "create-blocks-from", "openmetrics", "-q", text, blocks], check=True)
        for block in blocks.iterdir():
            block.rename(storage / block.name)
    (storage / "nights-written").touch()


def lines(seen: dict, at: int) -> list[str]:
    """One scrape of everything, as OpenMetrics."""
    found = []
    for ((job, instance), name, labels), value in seen.items():
        told = "".join(f',{key}="{text}"' for key, text in labels)
        found.append(f'{name}{{job="{job}",instance="{instance}"{told}}} {value} {at}\n')
    return found


def main() -> None:
    """Serve every port; write the history beside that."""
    for port in PORTS:
        threading.Thread(target=ThreadingHTTPServer(("", port), Exporter).serve_forever, daemon=True).start()
    threading.Thread(target=ThreadingHTTPServer(("", 8000), Desk).serve_forever, daemon=True).start()
    history(Path("/var/lib/prometheus/metrics2"))
    threading.Event().wait()


main()
