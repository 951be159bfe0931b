"""Cards on paper, and slides in a room: as the browser shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kikori.panel.app import application
from web.served import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LANGS = {"en": "", "ja": "ja/"}
MODULE = "courses/knots/bowline"
MARGIN = dict.fromkeys(("top", "bottom", "left", "right"), "10mm")


def sheets(page: Page, **options: object) -> int:
    """Count the sides of paper that a page takes."""
    return page.pdf(margin=MARGIN, **options).count(b"/Type /Page\n")  # type: ignore[arg-type]


@pytest.fixture
def show(page: Page, instructors_site: Path) -> Iterator[Callable[[str], Page]]:
    """Open a page of the instructor's site, as ``serve --instructor`` answers it."""
    with served(application(instructors_site)) as place:
        base = f"http://127.0.0.1:{place.port}"
        page.goto(f"{base}/?token={place.token}")

        def opened(name: str) -> Page:
            page.goto(f"{base}/{name}")
            return page

        yield opened
        page.goto("about:blank")  # before the server that it still fetches from has ended


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", ["A5", "A4", "Letter"])
def test_the_longest_card_is_one_side_of_paper(show: Callable[[str], Page], lang: str, size: str) -> None:
    shown = show(f"{LANGS[lang]}{MODULE}/card/")
    assert shown.locator(".kikori-card dt").count() == 6
    assert sheets(shown, format=size) == 1


def test_a_card_is_all_that_is_printed(show: Callable[[str], Page]) -> None:
    shown = show(f"{MODULE}/card/")
    shown.emulate_media(media="print")
    assert shown.locator(".kikori-card").is_visible()
    assert not [one for one in shown.locator(".kikori-not-printed, .md-header, .md-footer").all() if one.is_visible()]


@pytest.mark.parametrize("width", [1280, 390])
def test_slides_turn_by_keys_and_fit(show: Callable[[str], Page], width: int) -> None:
    shown = show(f"{MODULE}/slides.html")
    shown.set_viewport_size({"width": width, "height": 720})
    for place, key in ((2, "ArrowRight"), (3, "ArrowRight"), (2, "ArrowLeft"), (5, "End"), (5, " "), (1, "Home")):
        shown.keyboard.press(key)
        assert shown.locator("section:visible").count() == 1
        assert shown.locator("#place").inner_text() == f"{place} / 5"
    for _ in range(5):
        assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert shown.evaluate("document.documentElement.scrollHeight <= innerHeight")
        shown.keyboard.press("ArrowRight")


def test_slides_are_dark_and_light_and_print_one_a_side(show: Callable[[str], Page]) -> None:
    shown = show(f"{MODULE}/slides.html")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = shown.evaluate(paper)
    shown.keyboard.press("d")
    dark = shown.evaluate(paper)
    assert light != dark
    shown.emulate_media(color_scheme="dark")
    shown.reload()
    assert shown.evaluate(paper) == dark
    assert sheets(shown, prefer_css_page_size=True) == 5
