"""The home page of a served site, in a browser: what comes next, the bars and the map, and the marks of lessons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from kikori.attempts import Store, reading
from kikori.content import Catalog
from kikori.model import Attempt, Stage
from kikori.panel.app import application
from kikori.web import Address
from web.served import served

from ...site.conftest import grave

pytestmark = pytest.mark.browser

HOMES = {"en": "/", "ja": "/ja/"}
IN_VIEW = "(one) => { const at = one.getBoundingClientRect(); return at.top >= 0 && at.bottom <= innerHeight; }"
BUTTON = ".kikori-way .md-button"
"""The one button."""


@pytest.fixture
def at(site: Path, own_places: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Address]:
    """The real site, served where no engine answers."""
    monkeypatch.setenv("DOCKER_HOST", f"unix://{own_places}/docker.sock")
    with served(application(site)) as place:
        yield place


def attempt(lab: str, stage: Stage, **more: object) -> Attempt:
    told = {"id": f"{lab}-abc123", "lab": lab, "learner": "ada", "seed": 1, "params": {}, "stage": stage}
    found = Store().save(Attempt(**told | more))  # type: ignore[arg-type]
    Store().record(found, "broke")
    return found


def course_done() -> None:
    """All of the first course."""
    for module in Catalog().courses()[0].modules:
        for page in ("why", "how", "why-again"):
            reading.mark(f"start-here/{module.id}/{page}", read=True)
    attempt("first-look", Stage.STOPPED, submitted="/x.kikori")


STATES = {
    "nothing": lambda: None,
    "running": lambda: attempt("silent-exit", Stage.BROKEN),
    "course": course_done,
}
WORDS = {
    ("nothing", "en"): "Start first-look",
    ("nothing", "ja"): "first-look を始める",
    ("running", "en"): re.compile("Continue silent-exit: broken for .*minute"),
    ("running", "ja"): re.compile("silent-exit の続き（故障から.*分.*）"),
    ("course", "en"): "Read on: Why",
    ("course", "ja"): "続きを読む（なぜ）",
}


@pytest.mark.parametrize("lang", HOMES)
@pytest.mark.parametrize("state", STATES)
def test_the_first_screen_shows_the_picture_and_one_button_and_nobody_is_kept_out(
    at: Address, page: Page, state: str, lang: str
) -> None:
    STATES[state]()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(at.url(HOMES[lang]))
    expect(page.locator(BUTTON)).to_have_text(WORDS[state, lang])
    assert page.locator(".kikori-hero .md-button").count() == 1
    assert page.locator(BUTTON).evaluate(IN_VIEW)
    expect(page.locator(".kikori-static").first).to_be_hidden()
    assert "kikori serve" not in page.locator(".kikori-hero").inner_text()
    for scheme, name in (("light", "default"), ("dark", "slate")):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.wait_for_selector(f"body[data-md-color-scheme={name}]")
        page.wait_for_timeout(400)  # colours fade over
        assert page.locator(f".kikori-picture img[src$='#only-{scheme}']").evaluate(IN_VIEW)
        assert not grave(page), scheme
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(400)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(BUTTON).evaluate(IN_VIEW)
    assert not grave(page), "phone"


@pytest.mark.parametrize("lang", HOMES)
def test_a_bar_for_each_course_and_a_mark_for_each_module(at: Address, page: Page, lang: str) -> None:
    course_done()
    page.goto(at.url(HOMES[lang]))
    bars = page.locator(".kikori-map progress")
    expect(bars).to_have_count(len(Catalog().courses()))
    whole = str(bars.first.get_attribute("max"))
    for place, value in enumerate([whole, *["0"] * (len(Catalog().courses()) - 1)]):
        expect(bars.nth(place)).to_have_attribute("value", value)
    assert page.locator(".kikori-map [data-course=start-here] .is-done").count() == 3
    following = page.locator(".kikori-map .is-next")
    assert following.get_attribute("data-ref") == "containers/what-a-container-is"
    assert following.locator("[aria-current=step]").count() == 1


def test_the_button_goes_on_where_the_learner_was(at: Address, page: Page) -> None:
    attempt("silent-exit", Stage.BROKEN)
    page.goto(at.url())
    page.click(BUTTON)
    page.wait_for_url("**/labs/silent-exit/")
    page.wait_for_selector(".kikori-panel[data-stage=broken]")


def test_a_start_begins_at_once_and_the_labs_page_says_how_it_goes(at: Address, page: Page) -> None:
    page.goto(at.url())
    page.wait_for_selector(".kikori-home[data-live]")
    page.click(BUTTON)
    page.wait_for_url("**/labs/first-look/")
    expect(page.locator(".kikori-panel .problem")).to_contain_text("does not answer")


def test_the_page_hears_of_what_was_done_elsewhere(at: Address, page: Page) -> None:
    page.clock.install()
    page.goto(at.url())
    expect(page.locator(BUTTON)).to_have_text("Start first-look")
    reading.mark("start-here/how-to-learn/why", read=True)
    page.clock.run_for(31_000)
    expect(page.locator(BUTTON)).to_have_text("Read on: How")
    expect(page.locator(".kikori-home")).to_contain_text("minutes left of this module")


def test_a_network_that_changes_just_then_makes_no_lesson_unread(
    at: Address, page: Page, expected_errors: list[str]
) -> None:
    expected_errors.append("ERR_CONNECTION_ABORTED")
    given_up: set[str] = set()

    def once(route: Route) -> None:
        """Give up the first of a kind, as a browser does when a lab's network comes."""
        known, _ = route.request.method in given_up, given_up.add(route.request.method)
        route.continue_() if known else route.abort("connectionaborted")

    page.route("**/-/reading", once)
    page.goto(at.url("/courses/linux/processes/how/"))
    page.locator(".kikori-read-here button").click()
    expect(page.locator(".kikori-read-here")).to_contain_text("You read this page.")
    assert given_up == {"GET", "POST"}
    assert set(reading.pages_read()) == {"linux/processes/how"}


def test_a_lesson_that_was_read_is_read_in_every_browser(at: Address, page: Page, chromium: Browser) -> None:
    page.clock.install()
    page.goto(at.url("/courses/linux/processes/how/"))
    page.locator(".kikori-read-here").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    page.clock.run_for(11_000)
    expect(page.locator(".kikori-read-here")).to_contain_text("You read this page.")
    assert set(reading.pages_read()) == {"linux/processes/how"}
    assert page.evaluate("localStorage.getItem('kikori-read')") is None
    other = chromium.new_context()
    window = other.new_page()
    window.goto(at.url("/ja/courses/linux/processes/why/"))
    expect(window.locator(".kikori-steps a[href$='how/'] .kikori-read")).to_contain_text("既読")
    window.goto(at.url("/courses/linux/"))
    expect(window.locator("a[data-module][href^='processes/']")).to_contain_text("begun")
    other.close()


@pytest.mark.parametrize("path", ["/courses/", "/courses/start-here/"])
def test_the_drawn_map_knows_what_is_done_begun_and_next(at: Address, page: Page, path: str) -> None:
    for name in ("why", "how", "why-again"):
        reading.mark(f"start-here/how-to-learn/{name}", read=True)
    attempt("first-look", Stage.STOPPED, submitted="/x.kikori")
    page.goto(at.url(path))
    told = str(page.locator(".kikori-marks").get_attribute("aria-label"))
    wanted = "Start here: begun, next" if path == "/courses/" else "How to learn here: done; Sharpening the axe: next"
    assert wanted in told
    expect(page.locator("a[data-module]").first).to_contain_text("done")


def test_the_marks_of_lessons_can_be_taken_away(at: Address, page: Page) -> None:
    answers = iter((False, True))
    page.on("dialog", lambda dialog: dialog.accept() if next(answers) else dialog.dismiss())
    reading.mark("linux/processes/why", read=True)
    page.goto(at.url())
    page.click(".kikori-map-place [data-forget]")
    assert reading.pages_read()
    page.click(".kikori-map-place [data-forget]")
    expect(page.locator(".kikori-map-place [data-forget]")).to_have_count(0)
    assert reading.pages_read() == {}


def test_what_was_told_stays_while_the_server_does_not_answer(
    at: Address, page: Page, expected_errors: list[str]
) -> None:
    expected_errors.append("status of 500")
    asked: list[str] = []
    page.clock.install()
    page.route("**/-/home*", lambda route: (asked.append(route.request.url), route.fulfill(status=500, body="no")))
    page.goto(at.url())
    reading.mark("start-here/how-to-learn/why", read=True)
    for _ in range(100):
        page.clock.run_for(31_000)
        page.wait_for_timeout(200)  # until its script is there
        if asked:
            break
    assert asked
    expect(page.locator(BUTTON)).to_have_text("Start first-look")
    page.unroute("**/-/home*")
    page.clock.run_for(31_000)
    expect(page.locator(BUTTON)).to_have_text("Read on: How")


@pytest.mark.parametrize("lang", HOMES)
def test_without_scripts_there_is_the_way_on_too(at: Address, chromium: Browser, lang: str) -> None:
    attempt("silent-exit", Stage.BROKEN)
    window = chromium.new_context(java_script_enabled=False)
    plain = window.new_page()
    plain.goto(at.url(HOMES[lang]))
    assert plain.locator(BUTTON).is_visible()
    assert not plain.locator(".kikori-static").first.is_visible()
    assert plain.locator(".kikori-map progress").count() == len(Catalog().courses())
    plain.click(BUTTON)
    assert plain.url.endswith(f"{HOMES[lang]}labs/silent-exit/")
    window.close()
