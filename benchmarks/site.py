"""What a page of the built site weighs, and how soon something of it is seen, by kind of page; from a file server here.

``.venv/bin/python benchmarks/site.py [FOLDER]`` prints a Markdown table; without a folder that holds a built site it
builds one first. Each time is the median of five visits with an empty cache.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from kikori.host.packages import ensure_browser
from kikori.panel.site_build import build

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TIMES = 5
KINDS = {
    "home": "",
    "courses": "courses/",
    "course": "courses/linux/",
    "why": "courses/linux/processes/why/",
    "how": "courses/linux/processes/how/",
    "lab": "labs/tune-the-board/",
    "longest": "cli/",
}
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
WEIGHT = "performance.getEntries().reduce((sum, one) => sum + (one.decodedBodySize ?? 0), 0)"


class Quiet(SimpleHTTPRequestHandler):
    """A file server that says nothing."""

    def log_message(self, *said: object) -> None:
        """Say nothing."""


def visited(browser: Browser, address: str) -> tuple[float, int]:
    """Milliseconds until the first paint with content, and the bytes of all that was fetched."""
    window = browser.new_context(viewport={"width": 1280, "height": 800})
    page = window.new_page()
    page.goto(address, wait_until="networkidle")
    page.wait_for_function(f"{PAINT} !== undefined")
    found = float(page.evaluate(PAINT)), int(page.evaluate(WEIGHT))
    window.close()
    return found


def table(root: Path) -> None:
    """Serve a built site, visit each kind of page and print its row."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| page | language | kB | first paint, ms |\n|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_browser(), args=["--no-sandbox"])
        for kind, place in KINDS.items():
            for lang, prefix in (("en", ""), ("ja", "ja/")):
                seen = [
                    visited(browser, f"http://127.0.0.1:{server.server_port}/{prefix}{place}") for _ in range(TIMES)
                ]
                paint = statistics.median(ms for ms, _ in seen)
                print(f"| {kind} | {lang} | {seen[0][1] / 1000:.0f} | {paint:.0f} |", flush=True)
        browser.close()
    server.shutdown()


def main() -> None:
    """Build the site if need be, and print the table."""
    if sys.argv[1:]:
        table(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder) / "site")
        table(Path(folder) / "site")


if __name__ == "__main__":
    main()
