"""The drawing of each course: on its page, its cards and the list of courses, in the page's words and colours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kikori.design import course_drawing, tokens
from kikori.site.assembly import tree
from kikori.site.content import LANGS, Content, localized

if TYPE_CHECKING:
    from playwright.sync_api import Page

DRAWN = re.compile(r'<svg class="kikori-drawing".*?</svg>')
PLACES = ("", "containers/", "containers/cards/")


@pytest.mark.slow
def test_each_course_has_one_on_its_page_its_cards_and_the_list(real: Content) -> None:
    pages = {name: text.decode() for name, text in tree(real).items() if name.endswith(".md")}
    for lang in LANGS:
        listed = DRAWN.findall(pages[localized("courses/index.md", lang)])
        assert listed == [course_drawing.inlined(course.folder, lang) for course in real.courses]
        assert len(set(listed)) == len(real.courses), "each its own"
        for course, drawn in zip(real.courses, listed, strict=True):
            for page in ("index.md", "cards.md"):
                assert DRAWN.findall(pages[localized(f"courses/{course.id}/{page}", lang)]) == [drawn], course.id


def test_a_page_gets_the_words_of_its_language_alone(real: Content) -> None:
    (course,) = (one for one in real.courses if one.id == "containers")
    for lang, own, other in (("en", "A crate", "木箱"), ("ja", "木箱", "A crate")):
        drawn = course_drawing.inlined(course.folder, lang)
        assert own in drawn
        assert other not in drawn
        assert drawn.count("<title>") == drawn.count("<desc>") == 1
        assert "\n" not in drawn, "a list of Markdown would end"


def test_a_course_without_one_has_its_page_all_the_same(real: Content, tiny: object, read: object) -> None:
    pages = tree(read())  # type: ignore[operator]
    assert b"kikori-opening" in pages["courses/knots/index.md"]
    assert b"<svg" not in pages["courses/knots/index.md"]


@pytest.mark.browser
@pytest.mark.parametrize("place", PLACES)
def test_it_is_seen_in_the_colours_of_the_page(page: Page, served: str, place: str) -> None:
    page.goto(f"{served}ja/courses/{place}")
    drawing = page.locator("svg.kikori-drawing").last
    for scheme, name, at in (("light", "default", 0), ("dark", "slate", 1)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.wait_for_selector(f"body[data-md-color-scheme={name}]")
        colour = drawing.evaluate("svg => getComputedStyle(svg).stroke")
        assert colour == rgb(tokens()["brand"][at]), scheme
    page.emulate_media(media="print", color_scheme="dark")
    if drawing.is_visible():  # on a sheet of cards it has no room
        assert drawing.evaluate("svg => getComputedStyle(svg).stroke") == rgb(tokens()["brand"][0]), "paper is light"
    page.emulate_media(media="screen", color_scheme="light")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        box = drawing.bounding_box()
        assert box is not None
        assert box["width"] > 200
        assert box["width"] == pytest.approx(2 * box["height"], abs=2)
        assert box["x"] + box["width"] <= width
    assert drawing.locator("title").text_content()


def rgb(colour: str) -> str:
    """A colour as a browser tells it."""
    return f"rgb({', '.join(str(int(part, 16)) for part in re.findall('[0-9a-f]{2}', colour))})"
