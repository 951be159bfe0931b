"""The home page as a file server gives it: what it is, what it looks like, and the two commands of the README."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kikori import paths

from .conftest import grave

if TYPE_CHECKING:
    from playwright.sync_api import Page

DOCS = paths.ROOT / "docs"
LANGS = {"en": "", "ja": "ja/"}
PAGES = {"en": "index.md", "ja": "index.ja.md"}
HEAVIEST = 60_000
"""Bytes of a picture."""
COMMAND = re.compile(r"^(\./kikori [^#\n]+?)\s*(?:#.*)?$", re.MULTILINE)
IN_VIEW = "(one) => { const at = one.getBoundingClientRect(); return at.top >= 0 && at.bottom <= innerHeight; }"


def first_block(text: str) -> list[str]:
    """The commands of a page's first block of them."""
    return COMMAND.findall(text.split("```sh\n", 1)[1].split("```", 1)[0])


@pytest.mark.parametrize("page", PAGES.values())
def test_the_two_commands_are_those_of_the_readme(page: str) -> None:
    found = first_block((DOCS / page).read_text(encoding="utf-8"))
    assert found == first_block((paths.ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(found) == 2


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_there_is_a_picture_that_weighs_little(lang: str, scheme: str) -> None:
    file = DOCS / "assets" / f"workbench-{scheme}{'' if lang == 'en' else f'.{lang}'}.webp"
    data = file.read_bytes()
    assert (data[:4], data[8:12]) == (b"RIFF", b"WEBP")
    assert len(data) < HEAVIEST


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGS)
def test_the_first_screen_shows_what_it_is_the_picture_and_the_commands(page: Page, served: str, lang: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(served + LANGS[lang])
    for scheme, other in (("light", "dark"), ("dark", "light")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        shown = page.locator(f".kikori-picture img[src$='#only-{scheme}']")
        shown.wait_for(state="visible")
        assert not page.locator(f".kikori-picture img[src$='#only-{other}']").is_visible()
        assert shown.evaluate("async (one) => { await one.decode(); return one.naturalWidth; }") == 960
        for place in (shown, page.locator(".kikori-tagline"), page.locator(".kikori-hero pre")):
            assert place.evaluate(IN_VIEW)
    assert page.locator(".kikori-home").inner_html() == ""


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGS)
def test_the_picture_is_none_too_much_for_a_phone(page: Page, served: str, lang: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(served + LANGS[lang])
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".kikori-hero pre").evaluate(IN_VIEW)
    assert not grave(page)
