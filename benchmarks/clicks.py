"""How long a learner waits between a click on Start and a healthy panel, against the command on the same machine.

``.venv/bin/python benchmarks/clicks.py`` prints a Markdown row as ``ratios.py`` does: medians of five, in turns.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from ratios import ROOT, quiet

from kikori import host
from kikori.host.packages import ensure_browser

if TYPE_CHECKING:
    from playwright.sync_api import Page

LAB, TIMES = "first-look", 5
PATIENCE = 60_000


@contextmanager
def opened() -> Iterator[Page]:
    """The lab's page, served by the real command, in a browser."""
    argv = [str(ROOT / "kikori"), "serve", "--no-open", "--port", "0"]
    server = subprocess.Popen(argv, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    url = next(line for line in server.stderr if "open http" in line).split()[-1]
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=ensure_browser(), args=["--no-sandbox"])
            page = browser.new_page()
            page.on("dialog", lambda dialog: dialog.accept())
            page.goto(url)
            page.goto(f"{url.split('/?')[0]}/labs/{LAB}/")
            yield page
            browser.close()
    finally:
        server.terminate()
        server.wait()


def clicked(page: Page) -> float:
    """Seconds from the click until the panel says that the scene is healthy."""
    began = time.perf_counter()
    page.click("[data-do=start]:not([disabled])")
    page.wait_for_selector(".kikori-panel[data-stage=healthy]", timeout=PATIENCE)
    spent = time.perf_counter() - began
    page.click("[data-do=stop]:not([disabled])", timeout=PATIENCE)
    page.wait_for_selector("[data-do=start]:not([hidden]):not([disabled])", timeout=PATIENCE)
    return spent


def typed() -> float:
    """Seconds that the command takes."""
    began = time.perf_counter()
    quiet(str(ROOT / "kikori"), "start", LAB)
    spent = time.perf_counter() - began
    quiet(str(ROOT / "kikori"), "stop")
    return spent


def main() -> None:
    """Print the row."""
    host.ready()
    with tempfile.TemporaryDirectory() as state:
        os.environ |= {"XDG_STATE_HOME": state, "KIKORI_WORKSPACES": f"{state}/workspaces"}
        typed()  # builds what is missing
        with opened() as page:
            pairs = [(typed(), clicked(page)) for _ in range(TIMES)]
    bare, ours = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| what | bare tool | bare, s | ours, s | ours / bare |\n|---|---|---|---|---|")
    what = "a click on Start, until the panel is healthy"
    print(f"| {what} | `kikori start` | {bare:.2f} | {ours:.2f} | {ours / bare:.2f} |")


if __name__ == "__main__":
    main()
