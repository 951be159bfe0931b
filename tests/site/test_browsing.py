"""The built site in a browser, from a plain file server's folder: for every eye, every hand, and without the world."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from .conftest import grave

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

KINDS = {
    "home": "",
    "courses": "courses/",
    "module": "courses/linux/processes/why/",
    "how": "courses/linux/processes/how/",
    "track": "courses/tracks/two-weeks/",
    "lab": "labs/first-look/",
}
LANGS = {"en": "", "ja": "ja/"}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_keeps_nobody_out_and_asks_no_other_host(page: Page, served: str, kind: str, lang: str) -> None:
    asked: set[str | None] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
    page.goto(served + LANGS[lang] + KINDS[kind])
    for scheme, name in (("light", "default"), ("dark", "slate")):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.wait_for_selector(f"body[data-md-color-scheme={name}]")
        page.wait_for_timeout(400)  # colours fade over
        assert not grave(page), scheme
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_timeout(400)  # the page hears of its new width at its next drawing
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not grave(page), "phone"
    assert asked <= {"127.0.0.1", None}


@pytest.mark.parametrize(
    ("lang", "query", "wanted"),
    [
        ("ja", "斧を研ぐ", "ja/courses/start-here/sharpening-the-axe/"),
        ("ja", "終了コード", "ja/courses/containers/what-a-container-is/why-again/"),
        ("en", "woodcutter", "courses/start-here/sharpening-the-axe/"),
    ],
)
def test_a_search_finds_the_page(page: Page, served: str, lang: str, query: str, wanted: str) -> None:
    page.goto(served + LANGS[lang] + "courses/")
    page.get_by_role("textbox").first.focus()
    page.wait_for_timeout(500)  # the index is there, and nothing but what is typed makes the search begin
    page.keyboard.insert_text(query)  # as an input method does: without a key
    page.wait_for_selector(".md-search-result__item a")
    found = page.eval_on_selector_all(".md-search-result__item > a", "all => all.map(one => one.href)")
    assert any(link.startswith(served + wanted) for link in found), found
    page.locator(f".md-search-result__item > a[href*='{wanted}']").first.click()
    page.wait_for_url(f"{served}{wanted}**")


@pytest.mark.parametrize(
    ("lang", "before", "after"),
    [
        ("en", "Linux › Processes, and what they wait for", "Linux › Processes, and what they wait for"),
        ("ja", "Linux › プロセスと、その待つもの", "Linux › プロセスと、その待つもの"),
    ],
)
def test_the_pages_before_and_after_are_named_with_course_and_module(
    page: Page, served: str, lang: str, before: str, after: str
) -> None:
    page.goto(served + LANGS[lang] + KINDS["how"])
    assert page.locator(".md-footer__link--prev .kikori-place").inner_text() == before
    assert page.locator(".md-footer__link--next .kikori-place").inner_text() == after
    page.locator(".md-footer__link--next").click()
    page.wait_for_url("**/linux/processes/why-again/")


@pytest.mark.parametrize("lang", LANGS)
def test_the_logo_leads_home(page: Page, served: str, lang: str) -> None:
    page.goto(served + LANGS[lang] + KINDS["how"])
    page.locator("header .md-logo").click()
    page.wait_for_url(served + LANGS[lang])


def test_the_keyboard_skips_to_the_text_and_is_always_seen(page: Page, served: str) -> None:
    page.goto(served + KINDS["module"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.md-skip')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('article'))")
    for _ in range(6):
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert width >= 1, page.evaluate("document.activeElement.outerHTML")
        assert style != "none"
        page.keyboard.press("Tab")


def test_a_picture_follows_the_switch_of_colours(page: Page, served: str) -> None:
    page.goto(served + KINDS["module"])
    picture = page.locator(".kikori-diagram img")
    light = picture.screenshot()
    page.emulate_media(color_scheme="light")
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    page.wait_for_timeout(400)
    assert picture.screenshot() != light


def test_the_module_says_where_it_stands_and_what_it_takes(page: Page, served: str) -> None:
    page.goto(served + KINDS["module"])
    steps = page.locator("nav.kikori-steps li")
    assert [text.splitlines()[0] for text in steps.all_inner_texts()] == ["Why", "How", "Why again"]
    assert steps.locator("[aria-current=step]").inner_text() == "Why"
    assert page.locator(".kikori-facts").inner_text().count(" min") == 2
    assert page.locator(".kikori-module ul").count() == 2


def test_without_the_server_there_are_commands_to_copy_and_no_panel(page: Page, served: str) -> None:
    page.goto(served + KINDS["how"])
    assert page.locator(".kikori-static pre").inner_text().split() == [
        *("./kikori", "start", "silent-process"),
        *("./kikori", "break"),
    ]
    assert page.locator(".kikori-static").is_visible()
    assert page.locator(".kikori-panel[data-lab=silent-process]").inner_html() == ""
    assert page.locator("script[data-kikori]").count() == 0


def test_on_paper_there_is_the_text_and_nothing_to_click(page: Page, served: str) -> None:
    page.goto(served + KINDS["module"])
    page.emulate_media(media="print")
    assert page.locator("article h1").is_visible()
    assert page.locator(".kikori-diagram img").is_visible()
    assert not [
        name
        for name in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".kikori-steps", ".headerlink")
        if any(one.is_visible() for one in page.locator(name).all())
    ]


@pytest.mark.parametrize("place", ["courses/linux/processes/how/", "labs/first-look/", "courses/linux/processes/card/"])
def test_paper_is_light_and_its_commands_have_nothing_to_press(page: Page, served: str, place: str) -> None:
    page.goto(served + place)
    page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce")
    for name in (".md-code__nav", ".md-clipboard", ".md-code__button", ".md-button"):
        assert not [one for one in page.locator(f"article {name}").all() if one.is_visible()], name
    ink = page.evaluate("getComputedStyle(document.querySelector('article h1')).color")
    assert max(int(part) for part in re.findall(r"\d+", ink)[:3]) < 120, ink
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


CONTENTS = "nav.md-nav--secondary a[href='#what-is-it-doing-the-states']"


def test_a_phone_has_the_contents_of_a_page_in_its_drawer(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(served + KINDS["how"])
    page.locator("label.md-header__button[for=__drawer]").click()
    page.locator("label.md-nav__link[for=__toc]").click()
    page.locator(f".md-nav--primary {CONTENTS}").click()
    page.wait_for_url("**/#what-is-it-doing-the-states")


def test_without_scripts_a_phone_has_the_contents_above_the_text(chromium: Browser, served: str) -> None:
    window = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = window.new_page()
    page.goto(served + KINDS["how"])
    contents, heading = page.locator(CONTENTS).bounding_box(), page.locator("h1").bounding_box()
    assert contents
    assert heading
    assert contents["y"] < heading["y"]
    assert contents["x"] >= 0
    assert contents["x"] + contents["width"] <= 360
    page.locator(CONTENTS).click()
    assert page.url.endswith("#what-is-it-doing-the-states")
    window.close()
