"""The whole of first-look in a browser alone, in both languages, in step with the commands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from english_sentences import english_in
from kikori.engine.cleanup import projects
from terminal_user import Kikori

from .conftest import NOBODY_ANSWERS, PATIENCE, Served

pytestmark = [pytest.mark.browser, pytest.mark.docker]
FIX = "mv /srv/www/.index.html.bak-* /srv/www/index.html"
ANSWERS = {
    "en": {
        "seen": "Whoever asked for the timetable got an error page instead of it.",
        "evidence": "The listing of the folder shows the page under another name, so it was never lost. ",
        "stop-gap": "A sheet of paper at the stop with the times of the day, until the page is there again.",
        "why": "I gave the page its own name again; nginx looks for index.html when it is asked for the folder.",
    },
    "ja": {
        "seen": "時刻表を見ようとした人には、ページの代わりにエラーが表示されていた。",
        "evidence": "フォルダーの一覧を見ると、ページは別の名前で残っていて、失われてはいなかった。",
        "stop-gap": "停留所にその日の時刻を書いた紙を貼り、ページが戻ったらはがす。紙の時刻は古くなりうる。",
        "why": "ページを元の名前に戻した。nginx はフォルダーを求められると index.html を探すからである。",
    },
}
RUNS = {"en": "The server's container is running.", "ja": "サーバーのコンテナが動いている。"}
WRITTEN = {"en": "The submission is written.", "ja": "提出ファイルを書きました。"}
NOTED = {"en": "Noted.", "ja": "記録しました。"}
MEANS = {"en": "A file that the service needs", "ja": "サービスに必要なファイルが"}
RIGHT = {"en": "You said that it was `file-missing`: right.", "ja": "原因は `file-missing` という診断は、当たりです。"}
NOT_YET = {
    "en": "Not yet: see what is said below your answers.",
    "ja": "まだです。答えの下に出た指摘を見てください。",
}
PAGES = (
    "",
    "courses/start-here/",
    *(f"courses/start-here/how-to-learn/{page}/" for page in ("why", "how", "why-again")),
)
"""What a reader comes by, from the home page to the lab."""
SHOWN = """() => {
  const typed = [...document.querySelectorAll("code, pre, kbd, svg, .screen, [hreflang], .md-search")];
  const before = typed.map((one) => one.style.display);
  typed.forEach((one) => one.style.display = "none");
  const told = document.body.innerText;
  typed.forEach((one, at) => one.style.display = before[at]);
  return told;
}"""
"""What is to be read on a page, without what is typed or drawn."""
LAB = {"en": "/labs/first-look/", "ja": "/ja/labs/first-look/"}


def stage(page: Page, name: str) -> None:
    """Wait until the panel shows a stage."""
    page.wait_for_selector(f".kikori-panel[data-stage={name}]", timeout=PATIENCE)


def click(page: Page, name: str) -> None:
    """Press a button of the panel, once it may be pressed."""
    page.click(f"[data-do={name}]:not([disabled])", timeout=PATIENCE)


def in_its_language(page: Page, lang: str) -> None:
    """See that a reader of Japanese meets no English sentence on a page."""
    if lang == "ja":
        assert not english_in(str(page.evaluate(SHOWN))), page.url


def typed(page: Page, line: str, told: str) -> None:
    """Type a line into the terminal, and wait for what it says."""
    page.locator(".kikori-panel .screen:not([hidden]) textarea").press_sequentially(f"{line}\n")
    expect(page.locator(".screen:not([hidden]) .xterm-rows")).to_contain_text(told, timeout=20_000)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_first_look_from_the_home_page_to_the_submission(
    lang: str, served: Served, page: Page, kikori: Kikori, own_places: Path
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(served.url)
    assert "token" not in page.url
    for name in PAGES if lang == "ja" else ():
        page.goto(f"{served.base}/ja/{name}")
        in_its_language(page, lang)
    page.goto(f"{served.base}{LAB[lang]}")
    click(page, "start")
    stage(page, "healthy")
    assert json.loads(kikori("status", "--json").stdout)["attempts"][0]["stage"] == "healthy"
    kikori("break", "--fault", "missing-page")
    stage(page, "broken")
    assert not page.locator("article h1 .own-progress, article h2 .own-progress").count()
    click(page, "check")
    page.wait_for_selector(".checks li.failed .reason", timeout=PATIENCE)
    expect(page.locator(".checks li.passed .title").first).to_have_text(RUNS[lang])
    in_its_language(page, lang)
    click(page, "hint")
    page.wait_for_selector(".hints li")
    page.click(".part-terminal summary")
    page.wait_for_selector(".screen .xterm-rows")
    typed(page, "echo 停留所 && ls -a /srv/www", "停留所")
    diagnose(page, lang)
    typed(page, FIX, "#")
    expect(page.locator(".trail li")).to_have_count(3, timeout=20_000)
    click(page, "check")
    stage(page, "mended")
    explain(page, lang)
    page.wait_for_selector("[data-do=submit]:not([hidden])", timeout=PATIENCE)
    page.click(".part-debrief summary")
    page.wait_for_selector(".debrief p")
    assert RIGHT[lang].replace("`", "") in page.inner_text(".debrief")
    in_its_language(page, lang)
    click(page, "submit")
    expect(page.locator(".head ~ .status")).to_have_text(WRITTEN[lang], timeout=20_000)
    in_its_language(page, lang)
    submissions = own_places / "workspaces" / "submissions"
    assert [file.suffix for file in submissions.iterdir()] == [".kikori"]
    trail = kikori("status", "--json")
    assert json.loads(trail.stdout)["attempts"][0]["submitted"]
    click(page, "stop")
    stage(page, "none")
    assert not [name for name in projects("kikori-first-look-") if name in str(own_places)]


def diagnose(page: Page, lang: str) -> None:
    """Say where and what it is while it is broken; a name tells what it means."""
    expect(page.locator(".part-debrief")).to_be_hidden()
    page.click(".part-explain summary")
    page.select_option(".explanation [name=component]", "web")
    page.fill(".explanation [name=cause]", "file-missing")
    expect(page.locator(".means")).to_contain_text(MEANS[lang])
    page.click(".explanation .means + button")
    expect(page.locator(".head ~ .status")).to_have_text(NOTED[lang], timeout=20_000)


def explain(page: Page, lang: str) -> None:
    """Answer every question; cite a command by a click."""
    page.wait_for_selector(".part-explain[open] textarea, .part-explain:not([open]) summary", timeout=PATIENCE)
    if not page.locator(".part-explain textarea").first.is_visible():
        page.click(".part-explain summary")
    for name, text in ANSWERS[lang].items():
        page.fill(f".explanation textarea[name={name}]", text)
    page.fill(".explanation textarea[name=why]", ANSWERS[lang]["seen"])
    page.click(".explanation button[type=submit]")
    expect(page.locator(".head ~ .status")).to_have_text(NOT_YET[lang], timeout=20_000)
    page.fill(".explanation textarea[name=why]", ANSWERS[lang]["why"])
    page.focus(".explanation textarea[name=evidence]")
    page.click(".trail li:first-child button")
    assert re.search(r"\[#1\]", page.input_value(".explanation textarea[name=evidence]"))
    page.click(".explanation button[type=submit]")


def test_a_page_that_lost_a_part_on_its_way_is_fetched_again(
    served: Served, page: Page, errors: list[str], expected_errors: list[str]
) -> None:
    expected_errors.append(r"ERR_FAILED")
    page.goto(served.url)
    page.route("**/-/static/checks.js", lambda route: route.abort(), times=2)
    page.goto(f"{served.base}{LAB['en']}")
    stage(page, "none")
    assert page.evaluate("sessionStorage.getItem('again')") is None
    assert errors


def test_two_pages_and_the_commands_show_the_same_attempt(served: Served, page: Page, kikori: Kikori) -> None:
    page.goto(served.url)
    page.goto(f"{served.base}{LAB['en']}")
    other = page.context.new_page()
    other.goto(f"{served.base}{LAB['ja']}")
    kikori("start", "first-look")
    for one in (page, other):
        stage(one, "healthy")
    click(page, "pause")
    expect(other.locator(".state")).to_have_text("休憩中", timeout=PATIENCE)
    assert json.loads(kikori("status", "--json").stdout)["attempts"][0]["paused"]
    kikori("resume")
    expect(page.locator(".state")).to_have_text("Healthy", timeout=20_000)
    kikori("stop")
    for one in (page, other):
        stage(one, "none")


def test_a_server_that_died_is_found_again_with_the_attempt(
    served: Served, page: Page, kikori: Kikori, expected_errors: list[str]
) -> None:
    expected_errors.append(NOBODY_ANSWERS)
    page.goto(served.url)
    page.goto(f"{served.base}{LAB['en']}")
    kikori("start", "first-look")
    stage(page, "healthy")
    served.kill()
    page.wait_for_selector(".kikori-panel.lost", timeout=20_000)
    served.again()
    page.goto(served.url)
    page.goto(f"{served.base}{LAB['en']}")
    stage(page, "healthy")
    kikori("stop")


@pytest.mark.long
def test_a_load_is_drawn_while_it_goes_on(served: Served, page: Page, kikori: Kikori) -> None:
    page.goto(served.url)
    page.goto(f"{served.base}/labs/tune-the-board/")
    click(page, "start")
    stage(page, "healthy")
    assert page.locator(".load").is_hidden()
    click(page, "quick")
    line = page.locator(".load [data-row=users] polyline")
    expect(line).to_have_attribute("points", re.compile(r"^(\S+,\S+ ){3}"), timeout=PATIENCE)
    before = line.get_attribute("points") or ""
    expect(page.locator(".head ~ .status")).to_contain_text("Score", timeout=PATIENCE)
    after = line.get_attribute("points") or ""
    assert len(after) > len(before)  # the heights are of the most so far
    kikori("stop")
