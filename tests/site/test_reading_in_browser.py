"""Lessons that were read are marked where they are linked; a browser keeps it, and nothing else hears of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from .conftest import grave

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LANGS = {"en": "", "ja": "ja/"}
MODULE = "courses/linux/processes/"
READ = {"en": "read", "ja": "既読"}
BEGUN = {"en": "begun", "ja": "途中"}
PAGES = ("why", "how", "why-again")


def kept(page: Page) -> list[str]:
    """What this browser keeps."""
    return list(json.loads(page.evaluate("localStorage.getItem('kikori-read')") or "[]"))


def keep(page: Page, *names: str) -> None:
    page.evaluate("pages => localStorage.setItem('kikori-read', JSON.stringify(pages))", list(names))
    page.reload()


def to_end(page: Page) -> None:
    page.locator(".kikori-read-here").scroll_into_view_if_needed()
    page.wait_for_timeout(300)  # the page hears of it at its next drawing


def said(page: Page, selector: str) -> str:
    """What a screen reader says of a link, without the signs that it passes over."""
    text = page.locator(selector).first.evaluate(
        "one => { const own = one.cloneNode(true); own.querySelectorAll('[aria-hidden]').forEach((it) => it.remove());"
        " return own.textContent; }"
    )
    return re.sub(r"\s+", " ", str(text)).strip()


def test_a_page_is_read_at_its_end_after_ten_seconds_and_not_before(page: Page, served: str) -> None:
    page.clock.install()
    page.goto(f"{served}{MODULE}how/")
    page.clock.run_for(60_000)
    assert kept(page) == [], "its end was never seen"
    page.goto(f"{served}{MODULE}how/")
    to_end(page)
    page.clock.run_for(8_000)
    assert kept(page) == [], "nobody reads as fast"
    page.clock.run_for(3_000)
    page.wait_for_function("localStorage.getItem('kikori-read')")
    assert kept(page) == ["linux/processes/how"]


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_read_is_marked_in_words_wherever_it_is_listed(page: Page, served: str, lang: str) -> None:
    page.goto(f"{served}{LANGS[lang]}{MODULE}why/")
    keep(page, "linux/processes/how")
    page.wait_for_selector(".kikori-steps .kikori-read")
    assert said(page, ".kikori-steps a[href$='how/']").endswith(READ[lang])
    assert said(page, ".md-nav--primary a[href$='../how/']").endswith(READ[lang])
    assert page.locator(".md-nav--primary a[href$='../why-again/'] .kikori-read").count() == 0
    page.goto(f"{served}{LANGS[lang]}courses/linux/")
    page.wait_for_selector("a[data-module] .kikori-read")
    assert said(page, "a[data-module][href^='processes/']").endswith(BEGUN[lang])
    keep(page, *(f"linux/processes/{name}" for name in PAGES))
    page.wait_for_selector("a[data-module] .is-read")
    assert said(page, "a[data-module][href^='processes/']").endswith(READ[lang])
    page.goto(f"{served}{LANGS[lang]}courses/tracks/two-weeks/")
    page.wait_for_selector(".kikori-track .kikori-read")
    assert not grave(page)


@pytest.mark.parametrize(("place", "name"), [("courses/", "Linux"), ("courses/linux/", "Processes")])
def test_the_drawn_map_has_the_marks_over_its_boxes(page: Page, served: str, place: str, name: str) -> None:
    page.goto(served + place)
    assert page.locator(".kikori-marks").count() == 0
    keep(page, "linux/processes/why")
    page.wait_for_selector(".kikori-marks")
    assert name in str(page.locator(".kikori-marks").get_attribute("aria-label"))
    assert "begun" in str(page.locator(".kikori-marks").get_attribute("aria-label"))
    picture, over = (page.locator(f".kikori-diagram {one}").bounding_box() for one in ("img", ".kikori-marks"))
    assert picture is not None
    assert over is not None
    for side in ("x", "y", "width", "height"):
        assert abs(picture[side] - over[side]) < 2, side  # type: ignore[literal-required]
    assert page.locator(".kikori-marks g").count() == 1


@pytest.mark.parametrize(
    ("lang", "mark", "unmark"),
    [("en", "Mark as read", "Mark as unread"), ("ja", "既読にする", "未読に戻す")],
)
def test_the_mark_is_in_the_readers_hands(page: Page, served: str, lang: str, mark: str, unmark: str) -> None:
    page.goto(f"{served}{LANGS[lang]}{MODULE}why/")
    button = page.get_by_role("button", name=mark, exact=True)
    button.click()
    back = page.get_by_role("button", name=unmark, exact=True)
    back.wait_for()
    assert kept(page) == ["linux/processes/why"]
    back.click()
    button.wait_for()
    assert kept(page) == []


@pytest.mark.parametrize(("lang", "words"), [("en", "Forget which pages I read"), ("ja", "既読の印を全部消す")])
def test_all_marks_can_be_taken_away(page: Page, served: str, lang: str, words: str) -> None:
    answers = iter((False, True))
    page.on("dialog", lambda dialog: dialog.accept() if next(answers) else dialog.dismiss())
    page.goto(f"{served}{LANGS[lang]}courses/")
    button = page.get_by_role("button", name=words)
    assert button.count() == 0, "there is nothing to forget"
    keep(page, "linux/processes/why")
    button.click()
    assert kept(page) == ["linux/processes/why"], "no was said"
    button.click()
    page.wait_for_function("localStorage.getItem('kikori-read') === '[]'")
    page.wait_for_function("!document.querySelector('article .kikori-read')")


@pytest.mark.parametrize(
    "text", ["no json", "{}", "[1, null, {}]", '["../../x", "__proto__/a/b", "linux/processes/<b>"]']
)
def test_what_somebody_else_kept_there_breaks_nothing(page: Page, served: str, text: str) -> None:
    page.goto(served + "courses/linux/")
    page.evaluate("text => localStorage.setItem('kikori-read', text)", text)
    page.reload()
    page.wait_for_timeout(300)
    assert page.locator(".kikori-read").count() == 0


def test_nothing_leaves_the_computer(page: Page, served: str) -> None:
    asked: set[tuple[str | None, str]] = set()
    page.on("request", lambda request: asked.add((urlsplit(request.url).hostname, request.method)))
    page.goto(f"{served}{MODULE}why/")
    page.get_by_role("button", name="Mark as read").click()
    page.goto(f"{served}courses/")
    page.wait_for_selector(".kikori-marks")
    assert {host for host, _ in asked} <= {"127.0.0.1", None}
    assert {method for _, method in asked} == {"GET"}


def test_without_scripts_the_page_is_whole(chromium: object, served: str) -> None:
    window = chromium.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    plain = window.new_page()
    for place in ("", "courses/", f"{MODULE}why/"):
        plain.goto(served + place)
        assert plain.locator("article h1").count() == 1
        assert plain.locator(".kikori-read-here, .kikori-forget").count() == 0
    plain.goto(served)
    assert plain.locator(".kikori-hero pre").is_visible()
    window.close()
