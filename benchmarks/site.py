"""What the site weighs and what building it takes, beside the bare theme; and how soon something of a page is seen.

``.venv/bin/python benchmarks/site.py`` prints two Markdown tables. Of builds it counts seconds of CPU, which a busy
machine does not change much; "bare" is MkDocs with the same theme, plugins and pages, without our hook and parts.
Pages are visited from a file server here, five times with an empty cache; the median is shown. With a folder that holds
a built site there is the second table alone.
"""

from __future__ import annotations

import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from kikori import paths
from kikori.content import Catalog
from kikori.host.packages import ensure_browser
from kikori.panel.site_build import build
from kikori.site.assembly import assemble
from kikori.site.content import Content

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
OURS = re.compile(r"^(hooks:|  custom_dir:|extra_css:).*\n|^docs_dir: docs$", re.MULTILINE)
"""What mkdocs.yml names of ours."""
CHANGED = "courses/linux/processes/how"
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


def seconds(work: Callable[[], object]) -> float:
    """Seconds of CPU that the programs take which a piece of work calls."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def build_bare(folder: Path) -> None:
    """Build the pages with the theme as it comes."""
    assemble(Content(paths.ROOT / "docs", Catalog()), folder / "docs")
    text = (paths.ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(OURS.sub("", text), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, check=True, capture_output=True)


def forget(kept: Path, site: Path) -> None:
    """Drop what is kept of one page, as if it had changed."""
    heading = re.search(r"<h1 [^>]*>[^<]+", (site / CHANGED / "index.html").read_text(encoding="utf-8"))
    said = json.dumps(heading[0] if heading else "", ensure_ascii=False)[1:-1]
    for path in [one for one in kept.rglob("*") if one.is_file()]:
        if said in path.read_text(encoding="utf-8"):
            path.unlink()


def weights(folder: Path) -> None:
    """Build the site bare and as it is, and print what both take."""
    state, ours = folder / "state", folder / "site"
    os.environ["XDG_STATE_HOME"] = str(state)
    (folder / "bare").mkdir()
    bare = seconds(lambda: build_bare(folder / "bare"))
    first = seconds(lambda: build(ours))
    again = seconds(lambda: build(ours))
    forget(state, ours)
    changed = seconds(lambda: build(ours))
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| what | bare | ours | ratio |\n|---|---|---|---|")
    for name, measure in (("HTML of a page, median, kB", statistics.median), ("HTML of the longest page, kB", max)):
        row(name, *(measure(path.stat().st_size / 1000 for path in root.rglob("*.html")) for root in sites(folder)))
    row(
        "whole site, MB",
        *(sum(one.stat().st_size for one in root.rglob("*") if one.is_file()) / 1e6 for root in sites(folder)),
    )
    row("build from nothing, s of CPU", bare, first)
    row("after one changed page, s of CPU", bare, changed)
    row("without a change, s of CPU", bare, again)
    print()


def sites(folder: Path) -> tuple[Path, Path]:
    """The bare site and ours."""
    return folder / "bare" / "site", folder / "site"


def row(name: str, bare: float, ours: float) -> None:
    """Print a row with its ratio."""
    print(f"| {name} | {bare:.1f} | {ours:.1f} | {ours / bare:.2f} |", flush=True)


def main() -> None:
    """Build the site if need be, and print the tables."""
    if sys.argv[1:]:
        table(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        weights(Path(folder))
        table(Path(folder) / "site")


if __name__ == "__main__":
    main()
