"""How soon a search shows its first result, beside fetching and reading its bare index; from a file server here.

``.venv/bin/python benchmarks/search.py [FOLDER]`` prints a Markdown table; without a folder that holds a built site it
builds one first. Each time is the median of five visits with an empty cache: from the word until a result is on the
page. "gzip" is what the index takes from a server that compresses.
"""

from __future__ import annotations

import gzip
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
WORDS = {"en": ("", "restart"), "ja": ("ja/", "再起動")}
INDEX = "search/search_index.json"
BARE = """async (place) => {
  const begun = performance.now();
  await (await fetch(place)).json();
  return performance.now() - begun;
}"""
FIRST = """async (word) => {
  const box = document.querySelector("[data-md-component=search-query]");
  const list = document.querySelector(".md-search-result__list");
  const begun = performance.now();
  box.focus();
  box.value = word;
  box.dispatchEvent(new KeyboardEvent("keyup", {bubbles: true}));
  while (!list.childElementCount) await new Promise(requestAnimationFrame);
  return performance.now() - begun;
}"""


class Quiet(SimpleHTTPRequestHandler):
    """A file server that says nothing."""

    def log_message(self, *said: object) -> None:
        """Say nothing."""


def visited(browser: Browser, home: str, script: str, said: str) -> float:
    """Give the milliseconds that a script takes on a page that nobody has visited."""
    window = browser.new_context(viewport={"width": 1280, "height": 800})
    page = window.new_page()
    page.goto(f"{home}courses/", wait_until="networkidle")
    found = float(page.evaluate(script, said))
    window.close()
    return found


def table(root: Path) -> None:
    """Serve a built site, search it in each language, and print a row."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| language | index, kB | gzip, kB | bare index, ms | first result, ms | ratio |\n|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_browser(), args=["--no-sandbox"])
        for lang, (place, word) in WORDS.items():
            home = f"http://127.0.0.1:{server.server_port}/{place}"
            data = (root / place / INDEX).read_bytes()
            bare = statistics.median(visited(browser, home, BARE, home + INDEX) for _ in range(TIMES))
            first = statistics.median(visited(browser, home, FIRST, word) for _ in range(TIMES))
            sizes = f"{len(data) / 1000:.0f} | {len(gzip.compress(data)) / 1000:.0f}"
            print(f"| {lang} | {sizes} | {bare:.0f} | {first:.0f} | {first / bare:.1f} |", flush=True)
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
