"""What takes the pictures: names them by page, language, scheme and size, and keeps them small."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kikori import paths
from kikori.bilingual import LANGUAGES
from tools.screenshots.small_png import smaller
from tools.screenshots.small_webp import shrunk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from kikori.settings import Lang

ASSETS = paths.ROOT / "docs" / "assets"
LOCALES: dict[Lang, str] = {"en": "en-GB", "ja": "ja-JP"}
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}


class Look(NamedTuple):
    """How a page is looked at."""

    scheme: str
    size: str


LOOKS = (Look("light", "desktop"), Look("dark", "desktop"), Look("light", "phone"))
DOCS = {
    "workbench": {LOOKS[0]: "serve-panel", LOOKS[1]: "serve-dark", LOOKS[2]: "serve-phone"},
    "review": {LOOKS[0]: "review-queue"},
    "review-one": {LOOKS[0]: "review-one"},
}
"""Which pictures the guides show, under which name."""
FIRST_SCREEN = {"width": 1280, "height": 800}
"""The window of the home page's picture of a lab."""


def name_of(page: str, lang: Lang, look: Look) -> str:
    """Name the file of a picture: page, language, scheme, size."""
    return f"{page}-{lang}-{look.scheme}-{look.size}.png"


class Camera:
    """Takes pictures into a folder; each page in its own window for each language."""

    def __init__(self, browser: Browser, out: Path, *, docs: bool = False) -> None:
        self.browser = browser
        self.out = out
        self.docs = docs
        self.small = browser.new_page()
        self.taken: list[Path] = []

    def window(self, lang: Lang) -> Page:
        """Open a page as a reader of the language does."""
        width, height = SIZES["desktop"]
        page = self.browser.new_context(
            locale=LOCALES[lang], viewport={"width": width, "height": height}, reduced_motion="reduce"
        ).new_page()
        page.set_default_timeout(300_000)  # a scene comes up on a busy machine
        return page

    def take(self, page: Page, name: str, lang: Lang, *, at: str = "") -> None:
        """Take every look at what a page shows now; ``at`` is the part that is brought into view."""
        for look in LOOKS:
            self._turn(page, look, at)
            file = self.out / name_of(name, lang, look)
            file.write_bytes(smaller(self.small, page.screenshot()))
            self.taken.append(file)
            if self.docs and (known := DOCS.get(name, {}).get(look)):
                shutil.copyfile(file, ASSETS / f"{known}{'.ja' * (lang == 'ja')}.png")
        self._turn(page, LOOKS[0], at)

    def take_for_home(self, page: Page, lang: Lang) -> None:
        """Take the home page's picture of a lab, light and dark, where pictures of the docs are asked for."""
        for look in LOOKS[:2] if self.docs else ():
            self._turn(page, look, "")
            page.set_viewport_size(FIRST_SCREEN)  # type: ignore[arg-type]
            page.wait_for_timeout(600)
            file = ASSETS / f"workbench-{look.scheme}{'.ja' * (lang == 'ja')}.webp"
            file.write_bytes(shrunk(self.small, page.screenshot()))

    def _turn(self, page: Page, look: Look, at: str) -> None:
        width, height = SIZES[look.size]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=look.scheme)  # type: ignore[arg-type]
        page.mouse.move(0, 0)
        page.evaluate("scrollTo(0, 0)")  # whoever scrolls up is offered the way to the top
        page.wait_for_timeout(400)
        if at:
            page.locator(at).first.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 60)")
        page.wait_for_timeout(600)  # colours fade over


def both() -> tuple[Lang, ...]:
    """Give the languages that pictures are taken in."""
    return LANGUAGES
