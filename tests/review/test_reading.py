"""The reviewer's pages in a real browser: keys, forms, colours, widths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kikori.content import Catalog
from kikori.replay.verdict import FileChange, Verdict
from kikori.review.marks import OVERALL, marks_of
from kikori.review.store import ReviewStore
from kikori.review.web.app import Pages
from kikori.review.web.serving import open_review_folder
from web.served import served

from .essays import CLASS, Essay, hand_in, handed_in
from .test_pages import EVIL

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CONTRAST = """() => {
  const channel = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const own = parts(getComputedStyle(node).backgroundColor);
      if (own.length < 4 || own[3] > 0) return own;
    }
    return [255, 255, 255];
  };
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || !node.getClientRects().length) continue;
    const [a, b] = [light(parts(getComputedStyle(node).color)), light(ground(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) weak.push(`${ratio.toFixed(2)} ${node.tagName}.${node.className}: ${text.data.trim()}`);
  }
  return weak;
}"""


class Room(NamedTuple):
    """The pages of a class, and what is known of it."""

    url: str
    base: str
    store: ReviewStore
    ids: dict[str, str]
    folder: Path

    def of(self, learner: str) -> str:
        return f"{self.base}/one/{self.ids[learner]}"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr("kikori.review.review_folder.PATIENCE", 0)
    folder = tmp_path / "class"
    ids = handed_in(folder, *CLASS)
    with open_review_folder(folder, Catalog()) as review_folder, served(Pages(review_folder).app()) as at:
        yield Room(at.url(), f"http://{at.hosts[0]}", review_folder.store, ids, folder)


def test_token_does_not_stay_in_the_address(page: Page, room: Room) -> None:
    page.goto(room.url)
    assert page.url == f"{room.base}/"


def test_a_submission_is_marked_with_the_keyboard_alone(page: Page, room: Room) -> None:
    page.goto(room.url)
    for key in ("j", "j", "j", "k", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url(room.of("ben"))
    page.keyboard.type("13")
    page.keyboard.type("c")
    page.keyboard.type("j1 s: all of it.")
    page.keyboard.press("Escape")
    page.keyboard.type("22")
    page.keyboard.type("30")
    page.keyboard.type("42")
    page.keyboard.type("51")
    page.keyboard.press("s")
    page.wait_for_url(re.compile(room.of("chiyo")))
    kept = {mark.criterion: mark for mark in marks_of(room.store, room.ids["ben"])}
    levels = {"symptom": 3, "evidence": 2, "stop-gap": 2, "mechanism": 0, "prevention": 1, OVERALL: None}
    assert {name: mark.level for name, mark in kept.items()} == levels
    assert kept["symptom"].comment == "j1 s: all of it."
    page.keyboard.press("p")
    page.wait_for_url(re.compile(room.of("gus")))
    page.keyboard.press("n")
    page.wait_for_url(re.compile(room.of("chiyo")))
    page.keyboard.press("u")
    page.wait_for_url(f"{room.base}/")
    assert page.locator(".queue tbody a").last.inner_text() == "ben"


def test_tab_reaches_everything(page: Page, room: Room) -> None:
    page.goto(room.url)
    page.goto(room.of("aoi"))
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "document.activeElement.name || document.activeElement.className || document.activeElement.rel"
            )
        )
        if page.evaluate("document.activeElement.matches('#keys summary')"):
            break
    else:
        pytest.fail("Tab goes round in circles")
    wanted = {
        "skip",
        "prev",
        "next",
        "up",
        "language",
        "level-symptom",
        "comment-prevention",
        "verdict",
        "comment-",
        "primary",
    }
    assert wanted <= reached


def test_skip_link_and_keys(page: Page, room: Room) -> None:
    page.goto(room.url)
    page.keyboard.press("Tab")
    assert page.locator(".skip").is_visible()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "learner"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#keys dl").is_visible()


def test_digit_after_a_tab_gives_the_level_there(page: Page, room: Room) -> None:
    page.goto(room.url)
    page.goto(room.of("aoi"))
    page.locator("[name=level-symptom]:checked").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("2")
    assert page.locator("[name=level-symptom][value='2']").is_checked()


def test_cited_command_unfolds(page: Page, room: Room) -> None:
    page.goto(room.url)
    page.goto(room.of("ben"))
    first = page.locator(".answer .cited").first
    assert not first.locator(".line").is_visible()
    height = page.locator(".answer").nth(1).bounding_box()
    first.locator("summary").click()
    assert first.locator(".line").inner_text() == "docker compose logs --tail 20 orders"
    assert height
    assert height["height"] < 120, "a folded command begins no line of its own"


def test_all_cited_commands_unfold_with_a_key(page: Page, room: Room) -> None:
    page.goto(room.url)
    page.goto(room.of("ben"))
    page.keyboard.press("x")
    assert page.locator(".answer .cited[open]").count() == 3
    page.keyboard.press("x")
    assert page.locator(".answer .cited[open]").count() == 0


def test_what_was_typed_is_not_lost_by_a_key(page: Page, room: Room) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(room.url)
    page.goto(room.of("ben"))
    page.locator("[name=comment-symptom]").press_sequentially("Half a")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_timeout(500)
    assert (asked, page.url) == (["beforeunload"], room.of("ben"))
    page.keyboard.press("s")
    page.wait_for_url(re.compile(room.of("chiyo")))
    assert asked == ["beforeunload"]


def test_level_given_by_a_key_is_not_lost_by_a_key(page: Page, room: Room) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(room.url)
    page.goto(room.of("ben"))
    for key in "13n":
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    assert (asked, page.url) == (["beforeunload"], room.of("ben"))


def test_what_was_refused_is_not_lost_by_a_key(chromium: Browser, room: Room) -> None:
    window = chromium.new_context(locale="en-GB")
    page, asked = window.new_page(), list[str]()
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(room.url)
    page.goto(room.of("ben"))
    page.locator("[name=verdict]").select_option("verified")
    page.locator("button.primary").click()
    page.locator("[role=alert]").click()
    page.keyboard.press("n")
    page.wait_for_timeout(500)
    assert (asked, page.url) == (["beforeunload"], room.of("ben"))
    window.close()


def test_earlier_comment_goes_into_the_box(page: Page, room: Room) -> None:
    page.goto(room.url)
    page.goto(room.of("gus"))
    page.locator("[name=comment-symptom]").fill("Say it in their words.")
    page.locator("button.primary").click()
    page.wait_for_url(re.compile(room.of("ben")))
    page.locator("#criterion-1 .earlier summary").click()
    page.locator("#criterion-1 .pick input").check()
    assert page.locator("[name=comment-symptom]").input_value() == "Say it in their words."
    page.locator("button.primary").click()
    page.wait_for_url(re.compile(room.of("chiyo")))
    comments = {mark.comment for mark in marks_of(room.store, room.ids["ben"]) if mark.criterion == "symptom"}
    assert comments == {"Say it in their words."}


def test_all_of_it_works_without_javascript(chromium: Browser, room: Room) -> None:
    window = chromium.new_context(java_script_enabled=False, locale="en-GB")
    page = window.new_page()
    page.goto(room.url)
    page.locator("[name=learner]").fill("fay")
    page.locator(".filter button").click()
    page.locator(".queue a").click()
    page.locator("[name=level-evidence][value='1']").check()
    page.locator("[name=verdict]").select_option("not verified")
    page.locator("button.primary").click()
    assert "needs a reason" in page.locator("[role=alert]").inner_text()
    page.locator("[name='comment-']").fill("We talked.")
    page.locator("button.primary").click()
    assert "Saved: fay" in page.locator("[role=status]").inner_text()
    kept = {mark.criterion: mark for mark in marks_of(room.store, room.ids["fay"])}
    assert (kept["evidence"].level, kept[OVERALL].verdict) == (1, "not verified")
    window.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en-GB", "ja-JP"])
def test_text_can_be_read_on_any_ground_and_any_width(chromium: Browser, room: Room, scheme: str, lang: str) -> None:
    hand_in(
        room.folder,
        room.store,
        Essay(
            learner="W" * 200,
            text="x" * 3000,
            reason="y" * 999,
            verdict=Verdict.NOT_VERIFIED,
            changes=(FileChange(service="web", path=f"/srv/{'z' * 200}", diff="", mode=("0600", "0644")),),
        ),
    )
    window = chromium.new_context(color_scheme=scheme, locale=lang)  # type: ignore[arg-type]
    page = window.new_page()
    page.goto(room.url)
    long = str(page.locator(".queue a").first.get_attribute("href"))
    side = f"/side?one={room.ids['aoi']}&other={room.ids['hana']}"
    for path in ("/", f"/one/{room.ids['ben']}", f"/one/{room.ids['aoi']}", side, "/one/x", "/?learner=nobody", long):
        page.goto(room.base + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate(CONTRAST) == [], path
        for width in (360, 800, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
    window.close()


def test_page_asks_nobody_else(page: Page, room: Room) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    evil = f"{EVIL} ![x](http://192.0.2.1/a.png) <img src=http://192.0.2.1/b.png> [#1]"
    essay = Essay(learner=EVIL, text=f"## Q <!-- seen -->\n{evil}", trail=[EVIL], reason=EVIL, explanation=EVIL)
    submission = hand_in(room.folder, room.store, essay)
    page.goto(room.url)
    page.goto(f"{room.base}/one/{submission}")
    assert page.locator("h1 bdi").inner_text() == EVIL[:60]
    assert "{{7*7}}" in page.locator(".answer").inner_text()
    assert len(asked) > 3
    assert all(url.startswith(room.base) for url in asked), asked
