"""Every link of the built site leads somewhere, the switch to the same page, and nothing is far from home."""

import re
from collections import deque
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from kikori.site.content import LANGS, LESSONS, Content

FAR = 3
"""Clicks from the home page."""
OUTSIDE = re.compile(r"^(?:[a-z]+:|//)")


class Page(HTMLParser):
    """The links of a page, what they may point to, and its switch of languages."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.text: list[str] = []
        """The links between its heading and its end, without bars and menus."""
        self.inside = False
        self.switch: dict[str, str] = {}
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.inside |= tag == "article"
        self.anchors |= {value for name in ("id", "name") if (value := said.get(name))}
        if tag != "a" or not (target := said.get("href")):
            return
        if lang := said.get("hreflang"):
            self.switch[lang] = target
        elif not OUTSIDE.match(target):
            self.links.append(target)
            self.text += [target] if self.inside else []

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != "article"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    """Every page of the site but the one for what is not there."""
    found = (page for page in site.rglob("*.html") if page.name != "404.html")
    return {page.resolve(): Page(page.read_text(encoding="utf-8")) for page in found}


def led(page: Path, link: str) -> tuple[Path, str]:
    """The file that a link leads to as a file server has it, and the place there."""
    place, _, anchor = link.partition("#")
    target = (page.parent / unquote(place.partition("?")[0])).resolve() if place else page
    return (target / "index.html" if target.is_dir() else target), unquote(anchor)


def test_every_link_leads_to_a_file_and_to_a_place_in_it(pages: dict[Path, Page]) -> None:
    dead = []
    for page, own in pages.items():
        for link in own.links:
            target, anchor = led(page, link)
            if not target.is_file() or (anchor and target in pages and anchor not in pages[target].anchors):
                dead.append((str(page), link))
    assert not dead


def test_links_work_in_any_folder(pages: dict[Path, Page]) -> None:
    assert not [(page, link) for page, own in pages.items() for link in own.links if link.startswith("/")]


def test_the_switch_stays_on_the_page(site: Path, pages: dict[Path, Page]) -> None:
    home = {"en": site.resolve(), "ja": site.resolve() / "ja"}
    for page, own in pages.items():
        here = page.relative_to(home["ja"] if page.is_relative_to(home["ja"]) else home["en"])
        assert {lang: led(page, link)[0] for lang, link in own.switch.items()} == {
            lang: folder / here for lang, folder in home.items()
        }


@pytest.mark.parametrize("lang", LANGS)
def test_every_lesson_and_lab_is_near(site: Path, pages: dict[Path, Page], real: Content, lang: str) -> None:
    home = site.resolve() / ("ja" if lang == "ja" else "")
    steps = clicks(home / "index.html", pages)
    wanted = [home / "courses" / ref / lesson for ref in real.modules for lesson in LESSONS]
    wanted += [home / "labs" / lab.id for lab in real.labs]
    far = {str(page): steps.get(page / "index.html") for page in wanted if steps.get(page / "index.html", 99) > FAR}
    assert not far


def clicks(home: Path, pages: dict[Path, Page]) -> dict[Path, int]:
    """How many clicks each page is away along the pages' own text, without the switch, bars and menus."""
    steps, waiting = {home: 0}, deque([home])
    while waiting:
        page = waiting.popleft()
        for link in pages[page].text:
            target = led(page, link)[0]
            if target in pages and target not in steps:
                steps[target] = steps[page] + 1
                waiting.append(target)
    return steps
