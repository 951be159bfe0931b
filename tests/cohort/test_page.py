"""The instructor's page, as it is served and as a browser shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sql
from selectolax.lexbor import LexborHTMLParser

from kikori import design
from kikori.cohort.messages import HelpRequest, Typed, Where
from kikori.cohort.server.tables import LEARNERS

from .conftest import TOKEN, Cohort, told, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

HOSTILE = "<script>document.title='owned'</script><img src=x onerror=document.title='owned'>"


def names(text: str, section: str) -> list[str]:
    """The learners of a table, from the top."""
    found = LexborHTMLParser(text).css(f"section[aria-labelledby={section}] tbody th bdi")
    return [one.text() for one in found]


def test_the_longest_stuck_is_on_top_and_who_has_finished_below(cohort: Cohort) -> None:
    for name, stage, seconds in (
        ("ada", Where.BROKEN, 60),
        ("ben", Where.FIXED, 900),
        ("cy", Where.BROKEN, 300),
        ("dee", Where.SUBMITTED, 9000),
        ("eve", Where.PAUSED, 9000),
    ):
        cohort.enrolled(name)[1].check_in(told(stage, seconds=float(seconds)))
    cohort.enrolled("fay")
    text = cohort.page().text
    assert names(text, "at-work") == ["ben", "cy", "ada"]
    assert names(text, "resting") == ["dee", "eve"]
    assert "fay" in LexborHTMLParser(text).css_first("section[aria-labelledby=elsewhere]").text()


def test_a_row_says_all_that_is_known(cohort: Cohort) -> None:
    cohort.enrolled("ada")[1].check_in(told(check="page", title="The page is there", hints=2))
    row = LexborHTMLParser(cohort.page().text).css_first("section[aria-labelledby=at-work] tbody tr")
    cells = {cell.attributes["data-label"]: cell.text().strip() for cell in row.css("td")}
    assert cells == {
        "Lab": "first-look",
        "Stage": "broken",
        "Minutes in it": "10",
        "Last failing check": "The page is there",
        "Hints used": "2",
        "Hand": "–",
        "Last heard": "0 min ago",
    }


@pytest.mark.parametrize(("lang", "said"), [("en", "Nobody has joined yet."), ("ja", "まだ誰も参加していません。")])
def test_empty_page_says_how_to_join_until_somebody_has(cohort: Cohort, lang: str, said: str) -> None:
    for path in ("/", "/live"):
        text = cohort.page(f"{path}?lang={lang}").text
        first = LexborHTMLParser(text).css_first("section.first")
        assert first.css_first("h2").text() == said
        assert [one.text() for one in first.css("pre")] == ["./kikori cohort join", cohort.join_address]
        assert LexborHTMLParser(text).css("form.filter, table") == []
    cohort.enrolled("ada")
    page = LexborHTMLParser(cohort.page(f"/?lang={lang}").text)
    assert page.css("section.first") == []
    assert len(page.css("form.filter")) == 1


def test_one_lab_alone(cohort: Cohort) -> None:
    cohort.enrolled("ada")[1].check_in(told())
    cohort.enrolled("ben")[1].check_in(told(lab="silent-exit"))
    assert names(cohort.page("/?lab=silent-exit").text, "at-work") == ["ben"]
    assert names(cohort.page("/live?lab=silent-exit").text, "at-work") == ["ben"]
    assert names(cohort.page("/?lab=none-such").text, "at-work") == ["ada", "ben"]


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/", "/tracks", "/game-day", "/join"])
def test_pages_have_the_sheet_that_all_pages_share(cohort: Cohort, path: str) -> None:
    sheets = [link.attributes["href"] for link in LexborHTMLParser(cohort.page(path).text).css("link[rel=stylesheet]")]
    assert sheets == ["/static/tokens.css", "/static/page.css"]
    assert cohort.page("/static/tokens.css").text == design.sheet()


def test_both_languages(cohort: Cohort) -> None:
    cohort.enrolled("ada")[1].check_in(told())
    english, japanese = cohort.page().text, cohort.page("/?lang=ja").text
    assert 'lang="en"' in english
    assert "Who is stuck" in english
    assert 'lang="ja"' in japanese
    assert "障害あり" in japanese
    assert "Who is stuck" not in japanese
    assert cohort.page("/?lang=xx").text.startswith('<!doctype html>\n<html lang="en"')


def test_what_learners_say_is_text_and_nothing_else(cohort: Cohort) -> None:
    _, eve = cohort.enrolled("eve")
    with cohort.store.engine.begin() as row:  # as an older server took it
        row.execute(sql.update(LEARNERS).values(name=HOSTILE[:80]))
    line = Typed(number=1, service=HOSTILE[:80], line=HOSTILE, exit_code=0)
    check_in = told(check="x", title=HOSTILE)
    eve.raise_hand(HelpRequest(text=HOSTILE, check_in=check_in, commands=(line,), services=(HOSTILE,)))
    page = cohort.page()
    shown = LexborHTMLParser(page.text)
    assert [one.attributes.get("src") for one in shown.css("script")] == ["/static/page.js"]
    assert [one.attributes.get("src") for one in shown.css("img")] == ["/static/kikori.svg"]
    assert page.text.count("&lt;script&gt;document") >= 6
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    for one in shown.css("*"):
        assert not [name for name in one.attributes if name.startswith("on") or name == "style"]
        assert not [name for name in ("src", "href") if "//" in (one.attributes.get(name) or "")]


def test_without_scripts_the_page_reloads_itself(cohort: Cohort) -> None:
    assert '<noscript><meta http-equiv="refresh"' in cohort.page().text


def test_a_browser_that_opens_a_join_address_is_told_what_to_type(cohort: Cohort) -> None:
    import requests

    said = requests.get(cohort.url + "/join", timeout=10)
    assert (said.status_code, "./kikori cohort join" in said.text) == (200, True)
    assert requests.get(cohort.url + "/static/page.css", timeout=10).status_code == 200


@pytest.fixture
def shown(cohort: Cohort, page: Page) -> Page:
    """The page in a browser: ada has her hand up, ben is stuck longer."""
    _, ada = cohort.enrolled("ada")
    line = Typed(number=7, service="web", line="ls -a /srv/www", exit_code=0)
    ada.raise_hand(HelpRequest(text=f"the page is gone {HOSTILE}", check_in=told(), commands=(line,)))
    cohort.enrolled("ben")[1].check_in(told(lab="silent-exit", seconds=3000.0))
    page.goto(f"{cohort.url}/?token={TOKEN}")
    return page


@pytest.mark.browser
def test_the_page_in_a_browser_renews_itself_and_a_hand_is_lowered(cohort: Cohort, shown: Page) -> None:
    assert TOKEN not in shown.url
    assert shown.title() == "(1) Who is stuck — Kikori"
    shown.get_by_text("Last commands").click()
    assert shown.get_by_text("ls -a /srv/www").is_visible()
    cohort.enrolled("cy")[1].check_in(told(seconds=6000.0))
    shown.locator("th bdi", has_text="cy").wait_for()
    assert shown.locator("section[aria-labelledby=at-work] tbody th bdi").all_inner_texts() == ["cy", "ben", "ada"]
    assert shown.get_by_text("ls -a /srv/www").is_visible(), "what was unfolded stays so"
    assert shown.evaluate("document.activeElement.localName") == "summary", "the keyboard stays where it was"
    shown.get_by_role("button", name="Lower the hand of ada").click()
    shown.get_by_text("Nobody's hand is up.").wait_for()
    assert cohort.store.hands() == []
    assert shown.title() == "Who is stuck — Kikori"


@pytest.mark.browser
def test_the_page_is_used_by_keyboard_alone(cohort: Cohort, shown: Page) -> None:
    for _ in range(30):
        shown.keyboard.press("Tab")
        if shown.evaluate("document.activeElement.id").startswith("lower-"):
            break
    shown.keyboard.press("Enter")
    shown.get_by_text("Nobody's hand is up.").wait_for()
    assert cohort.store.hands() == []


@pytest.mark.browser
def test_the_filter_and_the_languages(shown: Page) -> None:
    shown.get_by_label("Lab", exact=True).select_option("silent-exit")
    shown.wait_for_url("**lab=silent-exit")
    assert shown.locator("tbody th bdi").all_inner_texts() == ["ben"]
    shown.get_by_role("link", name="日本語").click()
    shown.get_by_role("heading", name="いま止まっている人").wait_for()
    assert shown.locator("tbody th bdi").all_inner_texts() == ["ben"]


@pytest.mark.browser
def test_a_learner_is_taken_off_with_everything(cohort: Cohort, shown: Page) -> None:
    row = shown.locator("section[aria-labelledby=at-work] tbody tr").first
    row.locator("summary").click()
    row.get_by_role("button").click()
    until(lambda: [one.name for one in cohort.store.learners()] == ["ada"])


@pytest.mark.browser
def test_the_page_works_without_scripts(cohort: Cohort, shown: Page) -> None:
    window = shown.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    plain = window.new_page()
    plain.goto(f"{cohort.url}/?token={TOKEN}")
    plain.get_by_role("button", name="Lower the hand of ada").click()
    plain.get_by_text("Nobody's hand is up.").wait_for()
    window.close()
    assert cohort.store.hands() == []


@pytest.mark.browser
def test_a_server_that_has_gone_is_told(cohort: Cohort, shown: Page) -> None:
    window = shown.context.browser.new_context(locale="en-GB")  # type: ignore[union-attr]  # its errors are wanted
    alone = window.new_page()
    alone.goto(f"{cohort.url}/?token={TOKEN}")
    alone.route("**/live*", lambda route: route.abort())
    alone.get_by_text("The server does not answer").wait_for()
    alone.unroute("**/live*")
    alone.get_by_text("This page renews itself.").wait_for()
    window.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off_and_all_text_has_contrast(cohort: Cohort, page: Page, width: int, scheme: str) -> None:
    long = "x" * 80
    cohort.enrolled(long)[1].raise_hand(
        HelpRequest(text="y" * 500, check_in=told(check="x", title="z" * 300), services=("s" * 200,))
    )
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{cohort.url}/?token={TOKEN}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CONTRAST) == []


CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d");
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
    const v = c[i] / 255; return sum + weight * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  }, 0);
  const ground = (one) => { for (; one; one = one.parentElement) {
    const c = rgb(getComputedStyle(one).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255]; };
  return [...document.querySelectorAll("body *")].filter((one) =>
    [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) && one.getClientRects().length
  ).map((one) => {
    const [a, b] = [light(rgb(getComputedStyle(one).color)), light(ground(one))].sort((x, y) => y - x);
    return [one.localName, one.textContent.slice(0, 30), (a + 0.05) / (b + 0.05)];
  }).filter((row) => row[2] < 4.5);
}"""
"""The elements with text below the contrast that WCAG 2.2 asks for at level AA (1.4.3)."""


@pytest.mark.parametrize("letter", ["\u202e", "\u200b", "\u00ad", "\u061c", "\U000e0041"], ids=ascii)
def test_what_hides_is_shown(cohort: Cohort, letter: str) -> None:
    """A learner's machine may send what our own command would have cleaned."""
    _, eve = cohort.enrolled("eve")
    line = Typed(number=1, service="web", line=f"rm{letter}", exit_code=0)
    eve.raise_hand(
        HelpRequest(
            text=f"a{letter}b", check_in=told(check="x", title=f"t{letter}"), commands=(line,), services=(letter,)
        )
    )
    page = cohort.page().text
    assert letter not in page
    assert page.count(f"‹U+{ord(letter):04X}›") >= 3


def test_a_name_of_mixed_scripts_is_marked(cohort: Cohort) -> None:
    for name in ("аda", "ben", "山田 Hanako", "ソフィー"):
        cohort.enrolled(name)[1].check_in(told())
    rows = LexborHTMLParser(cohort.page().text).css("section[aria-labelledby=at-work] tbody th")
    assert [row.css_first("bdi").text() for row in rows if row.css(".doubt")] == ["аda"]
    assert "紛らわしい" in cohort.page("/?lang=ja").text
