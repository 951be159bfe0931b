"""The whole of first-look in a browser alone, in both languages, in step with the commands."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from english_sentences import english_in
from kikori import paths
from kikori.attempts import Store
from kikori.content import Catalog
from kikori.engine.cleanup import projects
from kikori.model import Attempt
from terminal_user import Kikori

from .conftest import NOBODY_ANSWERS, PATIENCE, Served
from .workbench_user import SHIFTS, Keys, Mouse, Phone, ready, stage, stays_in_place

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
BUILD = "first-slo"
WORK = {
    "en": "For {} I asked the counters, left out whoever is no customer, read the log line by line with jq, and "
    "compared what both of them told me about the month.",
    "ja": "{}については、カウンターに直接尋ね、客でないものを外した。ログは jq で1行ずつ読み、"
    "両方が示すひと月の数字を比べて確かめた。食い違いがあれば、その理由も調べた。",
}
"""An answer to any question of the lab to build."""
LAB = {"en": "/labs/first-look/", "ja": "/ja/labs/first-look/"}


def in_its_language(page: Page, lang: str) -> None:
    """See that a reader of Japanese meets no English sentence on a page."""
    if lang == "ja":
        assert not english_in(str(page.evaluate(SHOWN))), page.url


def typed(page: Page, line: str, told: str) -> None:
    """Type a line into the terminal, and wait for what it says."""
    expect(page.locator(".screen:not([hidden]) textarea")).to_be_focused()
    page.keyboard.type(f"{line}\n")
    expect(page.locator(".screen:not([hidden]) .xterm-rows")).to_contain_text(told)


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("way", [Mouse, Keys, Phone], ids=["mouse", "keyboard", "phone"])
def test_first_look_from_the_home_page_to_the_submission(
    way: type[Mouse], lang: str, served: Served, page: Page, kikori: Kikori, own_places: Path
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.set_viewport_size(way.SIZE)  # type: ignore[arg-type]
    page.goto(served.url)
    assert "token" not in page.url
    for name in PAGES if lang == "ja" and way is Mouse else ():
        page.goto(f"{served.base}/ja/{name}")
        in_its_language(page, lang)
    page.add_init_script(SHIFTS)
    page.goto(f"{served.base}{LAB[lang]}")
    user = way(page)
    user.lead("start")
    stage(page, "healthy")
    assert json.loads(kikori("status", "--json").stdout)["attempts"][0]["stage"] == "healthy"
    kikori("break", "--fault", "missing-page")
    stage(page, "broken")
    user.lead("check")
    page.wait_for_selector(".checks li.failed .reason", timeout=PATIENCE)
    expect(page.locator(".checks li.passed .title").first).to_have_text(RUNS[lang])
    in_its_language(page, lang)
    ready(page)
    user.tab("hints")
    user.press(".pane-hints [data-do=hint]")
    page.wait_for_selector(".hints li")
    stays_in_place(page)
    user.terminal()
    typed(page, "echo 停留所 && ls -a /srv/www", "停留所")
    diagnose(page, user, lang)
    user.terminal()
    typed(page, FIX, "#")
    user.tab("checks")
    user.lead("check")
    stage(page, "mended")
    explain(page, user, lang)
    user.tab("debrief")
    page.wait_for_selector(".debrief p")
    assert RIGHT[lang].replace("`", "") in page.inner_text(".debrief")
    in_its_language(page, lang)
    user.lead("submit")
    expect(page.locator(".news .status")).to_have_text(WRITTEN[lang])
    decided = page.locator(".finish dd").last
    expect(decided).to_contain_text("echo 停留所")
    in_its_language(page, lang)
    submissions = own_places / "workspaces" / "submissions"
    assert [file.suffix for file in submissions.iterdir()] == [".kikori"]
    assert json.loads(kikori("status", "--json").stdout)["attempts"][0]["submitted"]
    with page.expect_download() as saved:
        user.press(".finish a[download]")
    assert saved.value.path().read_bytes() == next(submissions.iterdir()).read_bytes()
    user.lead("stop")
    stage(page, "none")
    expect(page.locator(".rounds tbody tr")).to_have_count(1)
    assert not [name for name in projects("kikori-first-look-") if name in str(own_places)]


def diagnose(page: Page, user: Mouse, lang: str) -> None:
    """Say where and what it is while it is broken; a name tells what it means."""
    assert page.locator(".debrief").inner_text() == ""
    user.tab("diagnose")
    user.pick(".explanation [name=component]", "web")
    user.fill(".explanation [name=cause]", "file-missing")
    expect(page.locator(".means")).to_contain_text(MEANS[lang])
    page.keyboard.press("Escape")  # the browser's own list of names
    user.press(".explanation .means + button")
    expect(page.locator(".news .status")).to_have_text(NOTED[lang])


def explain(page: Page, user: Mouse, lang: str) -> None:
    """Answer every question; cite a command by a click."""
    user.lead("explain")
    for name, text in ANSWERS[lang].items():
        user.fill(f".explanation textarea[name={name}]", text)
    user.fill(".explanation textarea[name=why]", ANSWERS[lang]["seen"])
    user.press(".pane-explain button[type=submit]")
    expect(page.locator(".news .status")).to_have_text(NOT_YET[lang])
    user.fill(".explanation textarea[name=why]", ANSWERS[lang]["why"])
    cite(page, user, "evidence", "echo 停留所")
    user.lead("hand-in")
    page.wait_for_selector(".next[data-do=submit]", timeout=PATIENCE)


def cite(page: Page, user: Mouse, field: str, line: str) -> None:
    """Cite a command in an answer."""
    (place,) = (number for number, one in enumerate(page.locator(".trail li code").all_inner_texts(), 1) if line in one)
    user.cite(f".explanation textarea[name={field}]", f".trail li:nth-child({place}) button")
    assert f"[#{place}]" in page.input_value(f".explanation textarea[name={field}]")


@pytest.mark.long
@pytest.mark.parametrize(
    ("way", "lang"),
    [(Mouse, "en"), (Mouse, "ja"), (Keys, "en"), (Keys, "ja"), (Phone, "en"), (Phone, "ja")],
    ids=lambda one: one if isinstance(one, str) else one.__name__.lower(),
)
def test_a_build_lab_from_its_page_to_the_submission(
    way: type[Mouse], lang: str, served: Served, page: Page, own_places: Path
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.set_viewport_size(way.SIZE)  # type: ignore[arg-type]
    page.goto(served.url)
    page.goto(served.base + LAB[lang].replace("first-look", BUILD))
    user = way(page)
    expect(page.locator(".way li")).to_have_count(6)
    user.lead("start")
    stage(page, "healthy")
    user.lead("check")
    page.wait_for_selector(".checks li.failed .reason", timeout=PATIENCE)
    ready(page)
    user.terminal()
    typed(page, "echo desk-$((40 + 2))", "desk-42")
    services_are_told(page, user)
    edit(Store().running()[0])
    user.tab("task")
    user.lead("apply")
    user.lead("check")
    stage(page, "mended")
    user.lead("explain")
    for prompt in Catalog().lab(BUILD).about.prompts:
        user.fill(f".explanation textarea[name={prompt.id}]", WORK[lang].format(prompt.id))
    cite(page, user, Catalog().lab(BUILD).about.prompts[0].id, "desk-")
    user.lead("hand-in")
    user.lead("submit")
    page.wait_for_selector(".finish dl", timeout=PATIENCE)
    user.lead("stop")
    stage(page, "none")
    expect(page.locator(".finish dl")).to_be_visible()


def services_are_told(page: Page, user: Mouse) -> None:
    """See every service with its health, a published one with its address, and a terminal in each."""
    (attempt,) = Store().running()
    told = page.locator(".line .services li")
    assert sorted(told.locator("b").all_inner_texts()) == ["desk", "history"]
    for one in told.all():
        assert one.get_attribute("class") == "healthy"
    addresses = page.locator(".line .services a").evaluate_all("all => all.map(one => one.href)")
    assert addresses
    assert all(address.startswith("http://127.0.0.1:") for address in addresses)
    expect(page.locator(".line .folder code")).to_have_text(attempt.workspace)
    user.place("history")
    expect(page.locator(".screen:not([hidden]) .xterm-rows")).to_contain_text("kikori:history", timeout=PATIENCE)


def edit(attempt: Attempt) -> None:
    """Do the lab's work in the workspace, as an editor would."""
    script = paths.ROOT / "labs" / BUILD / "fixes" / "asked-directly.sh"
    subprocess.run(
        ["sh", script], cwd=attempt.workspace, env=os.environ | {"KIKORI_STACK": attempt.project}, check=True
    )


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
    Mouse(page).choose("pause")
    expect(other.locator(".state")).to_have_text("休憩中", timeout=PATIENCE)
    assert json.loads(kikori("status", "--json").stdout)["attempts"][0]["paused"]
    kikori("resume")
    expect(page.locator(".state")).to_have_text("Healthy")
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
    page.wait_for_selector(".kikori-panel.lost")
    served.again()
    page.goto(served.url)
    page.goto(f"{served.base}{LAB['en']}")
    stage(page, "healthy")
    kikori("stop")


ENDED = re.compile("Score|does not count")
"""A busy computer's service breaks a rule of the load; it is drawn all the same."""


@pytest.mark.long
def test_a_load_is_drawn_while_it_goes_on(served: Served, page: Page, kikori: Kikori) -> None:
    page.goto(served.url)
    page.goto(f"{served.base}/labs/tune-the-board/")
    user = Mouse(page)
    user.lead("start")
    stage(page, "healthy")
    assert page.locator(".load").is_hidden()
    user.choose("quick")
    line = page.locator(".load [data-row=users] polyline")
    expect(line).to_have_attribute("points", re.compile(r"^(\S+,\S+ ){3}"), timeout=PATIENCE)
    before = line.get_attribute("points") or ""
    expect(page.locator(".news .status")).to_contain_text(ENDED, timeout=PATIENCE)
    after = line.get_attribute("points") or ""
    assert len(after) > len(before)  # the heights are of the most so far
    kikori("stop")
