"""mermaid in the distribution's Chromium, which lays diagrams out; nothing is fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kikori.browser import ensure_browser
from kikori.errors import OurFault
from tools.diagrams.svg import Layout, picture

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent


@contextmanager
def artist() -> Iterator[Callable[[str], str]]:
    """Someone who draws the SVG of a diagram's text, in a browser that is ended afterwards.

    Raises:
        EnvironmentProblem: there is no Chromium, and it could not be installed.
    """
    from playwright.sync_api import sync_playwright  # a tool of authors, which no learner has

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_browser(), args=["--no-sandbox"])
        yield drawing_in(browser.new_page())
        browser.close()


def drawing_in(page: Page) -> Callable[[str], str]:
    """Draw in an empty page; gives what makes an SVG of a diagram's text, and raises ``OurFault`` where it is wrong."""
    from playwright.sync_api import Error

    page.set_content("<!doctype html><body></body>")
    for script in ("mermaid.tiny.js", "draw.js"):
        page.add_script_tag(path=HERE / script)

    def draw(diagram: str) -> str:
        try:
            found: Any = page.evaluate("text => window.draw(text)", diagram)
        except Error as problem:
            raise OurFault(f"mermaid can't draw this: {problem.message}\n{diagram}") from None
        return picture(msgspec.convert(found, Layout))

    return draw
