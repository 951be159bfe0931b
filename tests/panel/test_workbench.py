"""The page of a lab as a workbench, from the site as it is built and attempts on disk; no engine is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

import pytest
import requests
from playwright.sync_api import expect

from kikori.attempts import Store
from kikori.content import Catalog
from kikori.learner.session import Session
from kikori.learner.status import listing
from kikori.learner.trail import keep_live
from kikori.model import Attempt, CheckResult, Command, Outcome, Report, Stage
from kikori.panel.app import application
from kikori.web import Address
from web.served import served as answered

from ..site.conftest import grave
from .conftest import NOBODY_ANSWERS, small_site
from .workbench_user import SHIFTS, stays_in_place

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
LAB = "silent-exit"
PATHS = {"en": f"/labs/{LAB}/", "ja": f"/ja/labs/{LAB}/"}
DESK, WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 1440, "height": 900}, {"width": 390, "height": 844}
TABS = ["task", "checks", "hints", "diagnose", "explain", "debrief", "record"]
ANSWER = "Whoever ordered something got an error page instead of it, as the log says [#1]."
Begin = Callable[..., Attempt]


@pytest.fixture
def at(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_errors: list[str]) -> Iterator[Address]:
    """The built site, served where no engine answers; a page may outlive the server by a moment."""
    expected_errors.append(NOBODY_ANSWERS)
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/docker.sock")
    with answered(application(site)) as place:
        yield place


@pytest.fixture
def begin(own_places: Path) -> Begin:
    """Begin an attempt on disk, as the commands leave one at a stage."""

    def begun(stage: Stage = Stage.BROKEN, **more: object) -> Attempt:
        folder = own_places / "workspaces" / LAB
        folder.mkdir(parents=True, exist_ok=True)
        store, told = Store(), {"id": f"{LAB}-abc123", "lab": LAB, "learner": "ada", "seed": 1, "params": {}}
        fault = None if stage is Stage.HEALTHY else "privileged-port"
        found = store.save(Attempt(**told, stage=stage, fault=fault, workspace=str(folder), **more))  # type: ignore[arg-type]
        store.record(found, "started")
        if fault:
            store.record(found, "broke", fault=fault)
        return found

    return begun


def explained(attempt: Attempt) -> Attempt:
    """Let it be fixed and explained, with a command that decided it."""
    store = Store()
    line = Command(number=0, at=0.0, service="web", line="cat /var/log/nginx/error.log", exit_code=0, seconds=0.1)
    for event, told in (("checked", {"passed": True}), ("mended", {}), ("explained", {"accepted": True})):
        store.record(attempt, event, **told)
    store.add_command(attempt, Command(**{name: getattr(line, name) for name in line.__struct_fields__} | {"at": 9e9}))
    check = CheckResult(id="test_x", title="Orders are taken.", outcome=Outcome.PASSED)
    store.add_report(attempt, Report(lab=LAB, at=9e9, checks=(check, check)))
    text = f"## seen\n\n{ANSWER}\n"
    (store.folder(attempt.id) / "explanation.md").write_text(text, encoding="utf-8")
    return store.move(attempt, stage=Stage.FIXED, explained=True)


def submitted(attempt: Attempt, folder: Path) -> Attempt:
    """Let it be explained and submitted to a folder."""
    file = folder / f"{LAB}-ada.kikori"
    file.write_bytes(b"PK")
    found = explained(attempt)
    Store().record(found, "submitted")
    return Store().move(found, submitted=str(file))


def go(page: Page, at: Address, lang: str = "en", size: dict[str, int] = DESK, fragment: str = "") -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.add_init_script(SHIFTS)
    page.goto(at.url(PATHS[lang]))
    if fragment:
        page.goto(f"{page.url}#{fragment}")
    page.wait_for_selector(".workbench[data-stage]")


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).bounding_box()
    assert found, selector
    return dict(found)


def shown_tabs(page: Page) -> list[str]:
    return [str(one.get_attribute("data-tab")) for one in page.locator(".left [role=tab]").all() if one.is_visible()]


def selected(page: Page) -> str | None:
    return page.locator(".left [role=tab][aria-selected=true]").get_attribute("data-tab")


# --- the place


@pytest.mark.parametrize("lang", PATHS)
@pytest.mark.parametrize("size", [DESK, WIDE], ids=str)
def test_task_and_terminal_stand_side_by_side_without_side_bars(
    at: Address, page: Page, begin: Begin, lang: str, size: dict[str, int]
) -> None:
    begin()
    go(page, at, lang, size)
    page.wait_for_selector(".screen .xterm-rows")
    task, terminal = box(page, ".pane-task"), box(page, ".screens")
    assert task["x"] + task["width"] <= terminal["x"]
    assert abs(task["y"] - terminal["y"]) < 70
    assert terminal["y"] < 300
    assert terminal["y"] + terminal["height"] <= size["height"]
    for bar in (".md-sidebar--primary", ".md-sidebar--secondary"):
        expect(page.locator(bar)).to_be_hidden()


def test_the_terminal_stays_where_it_is_while_the_task_is_read(at: Address, page: Page, begin: Begin) -> None:
    begin()
    go(page, at)
    before = box(page, ".screens")
    page.locator(".pane-task").evaluate("pane => pane.scrollTop = pane.scrollHeight")
    assert page.locator(".pane-task").evaluate("pane => pane.scrollTop") > 0
    assert box(page, ".screens") == before


def test_what_stands_on_the_page_is_moved_into_tabs_and_nothing_is_twice(at: Address, page: Page) -> None:
    plain = requests.get(at.url(PATHS["en"]), timeout=10).text
    go(page, at)
    assert page.locator(".pane-task #the-scene").count() == page.locator("#the-scene").count() == 1
    assert page.locator(".workbench h1").count() == page.locator("h1").count() == 1
    assert page.locator("article > *").count() == 1
    assert plain.count("<h2") == page.locator("article h2").count()
    assert page.locator(".pane-explain .kikori-prompts li").count() == len(Catalog().lab(LAB).about.prompts)


def test_what_is_typed_elsewhere_is_not_on_the_live_page(at: Address, page: Page, begin: Begin, site: Path) -> None:
    static = (site / "labs" / LAB / "index.html").read_text(encoding="utf-8")
    assert static.count("kikori-command") >= 2
    assert "<code>kikori check</code>" in static
    begin()
    go(page, at)
    for block in page.locator(".kikori-static").all():
        expect(block).to_be_hidden()
    for name in TABS:
        page.click(f"[data-tab={name}]")
        assert "kikori check" not in page.inner_text(f".pane-{name}"), name
        assert "./kikori" not in page.inner_text(f".pane-{name}"), name
    page.click("[data-tab=task]")
    page.locator(".pane-task .chip.as-link", has_text="Check").first.click()
    assert selected(page) == "checks"


def test_its_place_is_kept_before_a_script_has_run(at: Address, page: Page) -> None:
    session = requests.get(at.url(PATHS["en"]), timeout=10)
    assert '<body class="kikori-live"' in session.text
    lesson = requests.get(at.url("/courses/start-here/how-to-learn/how/"), timeout=10).text
    assert "kikori-live" not in lesson.split("<body")[1].split(">")[0]
    page.route("**/-/static/*.js", lambda route: None)  # never answered
    page.goto(at.url(PATHS["en"]))
    expect(page.locator(".md-sidebar--primary")).to_be_hidden()
    expect(page.locator("article h1")).to_be_hidden()
    assert box(page, "article")["height"] >= 700


def test_a_page_without_its_scripts_is_read_as_it_is(at: Address, page: Page, expected_errors: list[str]) -> None:
    expected_errors.append("ERR_FAILED")
    page.route("**/-/static/panel.js", lambda route: route.abort())
    page.goto(at.url(PATHS["en"]))
    page.evaluate("sessionStorage.setItem('again', 5)")
    page.reload()
    expect(page.locator("article h1")).to_be_visible()
    expect(page.locator(".kikori-static pre").first).to_be_visible()


def test_on_paper_there_is_the_task(at: Address, page: Page) -> None:
    go(page, at)
    page.emulate_media(media="print")
    expect(page.locator(".pane-task #the-scene")).to_be_visible()
    expect(page.locator(".next")).to_be_hidden()
    assert page.locator(".pane-task").evaluate("pane => pane.scrollHeight <= pane.clientHeight + 1")


# --- tabs


@pytest.mark.parametrize("lang", PATHS)
def test_tabs_say_how_far_each_part_is(at: Address, page: Page, begin: Begin, own_places: Path, lang: str) -> None:
    attempt = begin()
    go(page, at, lang)
    assert shown_tabs(page) == TABS

    def state(name: str) -> str:
        return page.locator(f"[data-tab={name}] .tab-state").inner_text()

    before = {name: state(name) for name in TABS}
    Store().move(attempt, hints=1)
    Store().record(attempt, "diagnosed", component="web", cause="privileged-port")
    submitted(Store().running()[0], own_places)
    expect(page.locator("[data-tab=record] .tab-state")).not_to_have_text(before["record"])
    after = {name: state(name) for name in TABS}
    assert all(after.values())
    assert [name for name in TABS if after[name] == before[name]] == ["task"]
    assert (after["checks"], after["hints"].split("/")[0]) == ("2/2", "1")


def test_tabs_are_gone_through_with_arrows_home_and_end(at: Address, page: Page) -> None:
    go(page, at)
    page.focus("[data-tab=task]")
    for key, name in (
        ("ArrowRight", "checks"),
        ("End", "record"),
        ("ArrowRight", "task"),
        ("ArrowLeft", "record"),
        ("Home", "task"),
    ):
        page.keyboard.press(key)
        expect(page.locator(f"[data-tab={name}]")).to_be_focused()
        assert selected(page) == name
        expect(page.locator(f".pane-{name}")).to_be_visible()
    assert page.locator(".left [role=tab][tabindex='0']").count() == 1
    pane = page.locator(".pane-task")
    assert pane.get_attribute("aria-labelledby") == page.locator("[data-tab=task]").get_attribute("id")
    assert page.locator("[data-tab=task]").get_attribute("aria-controls") == pane.get_attribute("id")


@pytest.mark.parametrize(("fragment", "tab"), [("hints", "hints"), ("explain", "explain"), ("the-scene", "task")])
def test_an_address_opens_the_tab_that_it_names(at: Address, page: Page, fragment: str, tab: str) -> None:
    go(page, at, fragment="debrief")
    assert selected(page) == "debrief"
    page.evaluate("name => location.hash = name", fragment)
    expect(page.locator(f".pane-{tab}")).to_be_visible()
    assert selected(page) == tab


# --- the handle


def test_the_columns_are_resized_by_keyboard_and_mouse_and_stay_so(at: Address, page: Page) -> None:
    go(page, at)
    handle, left = page.get_by_role("separator", name="Width of the columns"), ".left"
    handle.focus()
    before, told = box(page, left)["width"], int(handle.get_attribute("aria-valuenow") or 0)
    page.keyboard.press("ArrowRight")
    assert int(handle.get_attribute("aria-valuenow") or 0) == told + 2
    assert box(page, left)["width"] > before
    page.keyboard.press("Home")
    assert handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemin")
    page.keyboard.press("End")
    assert handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
    place = box(page, ".handle")
    page.mouse.move(place["x"] + 4, 500)
    page.mouse.down()
    page.mouse.move(500, 500)
    page.mouse.up()
    narrow = box(page, left)["width"]
    assert abs(narrow - 484) < 12
    page.reload()
    page.wait_for_selector(".workbench[data-stage]")
    assert abs(box(page, left)["width"] - narrow) < 2


# --- the way and its next step


def now(page: Page) -> str:
    return page.locator(".way [aria-current=step] span:nth-child(2)").inner_text()


@pytest.mark.parametrize(
    ("stage", "step", "lead"),
    [
        (None, "Start", "start"),
        (Stage.HEALTHY, "Healthy", "break"),
        (Stage.BROKEN, "Fix", "check"),
        (Stage.FIXED, "Explain", "explain"),
    ],
)
def test_each_stage_has_its_step_and_one_button_that_leads_on(
    at: Address, page: Page, begin: Begin, stage: Stage | None, step: str, lead: str
) -> None:
    if stage:
        begin(stage)
    go(page, at)
    assert [
        one.split("\n")[-1].split(" (")[0] for one in page.locator(".way li span:nth-child(2)").all_inner_texts()
    ] == [
        "Start",
        "Healthy",
        "Break",
        "Fix",
        "Check",
        "Explain",
        "Submit",
    ]
    assert now(page) == step
    assert page.locator(".workbench .md-button--primary:visible").count() == 1
    expect(page.locator(".next")).to_have_attribute("data-do", lead)
    page.click(".more")
    items = page.locator(".menu [role=menuitem]:visible").evaluate_all("all => all.map(one => one.dataset.do)")
    assert lead not in items
    assert ("stop" in items) == (stage is not None)


def test_what_is_explained_is_submitted_next_and_then_ended(
    at: Address, page: Page, begin: Begin, own_places: Path
) -> None:
    attempt = explained(begin())
    go(page, at)
    assert (now(page), page.locator(".next").get_attribute("data-do")) == ("Submit", "submit")
    submitted(attempt, own_places)
    expect(page.locator(".next")).to_have_attribute("data-do", "stop")
    assert page.locator(".way .past").count() == 7


def test_an_edited_workspace_is_put_live_next(at: Address, page: Page, begin: Begin) -> None:
    attempt = begin()
    keep_live(Session(LAB), attempt)
    go(page, at)
    expect(page.locator(".next")).to_have_attribute("data-do", "check")
    (Path(attempt.workspace) / "new.conf").write_text("x")
    expect(page.locator(".next")).to_have_attribute("data-do", "apply")


def test_the_menu_is_gone_through_with_keys(at: Address, page: Page, begin: Begin) -> None:
    begin()
    go(page, at)
    page.focus(".more")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".more")).to_have_attribute("aria-expanded", "true")
    first = page.locator(".menu [role=menuitem]:visible").first
    expect(first).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator(".menu [data-do=stop]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".more")).to_be_focused()
    expect(page.locator(".menu")).to_be_hidden()


# --- the terminal


@pytest.mark.parametrize(("size", "columns"), [(DESK, 80), (PHONE, 50)], ids=["1280", "390"])
def test_a_line_of_the_terminal_is_as_long_as_usual(
    at: Address, page: Page, begin: Begin, size: dict[str, int], columns: int
) -> None:
    begin()
    go(page, at, size=size)
    if size is PHONE:
        page.click("[data-tab=terminal]")
    screen = page.locator(".screen")
    expect(screen).to_have_attribute("data-columns", str(columns))
    line = page.locator(".screen textarea")
    line.press_sequentially("stty size\n")
    expect(page.locator(".xterm-rows")).to_contain_text(f" {columns}")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


TYPED_AT_ONCE = """new MutationObserver((changes, watch) => {
  const field = document.querySelector(".screen textarea");
  if (!field) return;
  watch.disconnect();
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", "echo 6$((6*7))\\n");
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
}).observe(document, { childList: true, subtree: true });"""
"""A line for the terminal in the moment in which it is there, when no connection can stand yet."""


def test_what_is_typed_before_the_shell_answers_is_not_lost(at: Address, page: Page, begin: Begin) -> None:
    begin()
    page.add_init_script(TYPED_AT_ONCE)
    go(page, at)
    expect(page.locator(".xterm-rows")).to_contain_text("642")


def test_a_key_that_is_told_leaves_the_terminal_and_comes_back(at: Address, page: Page, begin: Begin) -> None:
    begin()
    go(page, at)
    page.wait_for_selector(".screen .xterm-rows")
    page.focus("[data-tab=task]")
    page.keyboard.press("F6")
    field = page.locator(".screen textarea")
    expect(field).to_be_focused()
    page.keyboard.press("Tab")
    expect(field).to_be_focused()
    told = page.locator(f"#{field.get_attribute('aria-describedby')}")
    expect(told).to_be_visible()
    expect(told).to_contain_text("F6 leaves the terminal")
    page.keyboard.press("F6")
    expect(page.locator("[data-tab=task]")).to_be_focused()
    page.keyboard.press("F6")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("!document.activeElement.closest('.screens')")


@pytest.mark.parametrize("refused", [False, True], ids=["screen", "window"])
def test_the_terminal_takes_the_whole_screen_and_gives_it_back(
    at: Address, page: Page, begin: Begin, refused: bool
) -> None:
    begin()
    if refused:
        page.add_init_script("Element.prototype.requestFullscreen = () => Promise.reject(new Error('no'))")
    go(page, at)
    page.wait_for_selector(".screen .xterm-rows")
    before = box(page, ".screens")
    page.click(".whole")
    expect(page.locator(".whole")).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(300)
    whole = box(page, ".screens")
    assert whole["width"] > 1200
    assert whole["height"] > before["height"]
    assert bool(page.evaluate("document.fullscreenElement")) is not refused
    page.click(".whole")
    expect(page.locator(".whole")).to_have_attribute("aria-pressed", "false")
    page.wait_for_timeout(300)
    assert box(page, ".screens") == before


def test_the_own_commands_stand_beside_the_explanation_and_a_click_cites_one(
    at: Address, page: Page, begin: Begin
) -> None:
    attempt = begin(Stage.FIXED)
    for line in ("ls -l /srv", "cat notes.txt"):
        Store().add_command(attempt, Command(number=0, at=9e9, service="web", line=line, exit_code=0, seconds=0.1))
    go(page, at)
    page.click(".next[data-do=explain]")
    first = page.locator(".pane-explain textarea").first
    expect(first).to_be_focused()
    field, trail = box(page, ".pane-explain"), box(page, ".trail-of")
    assert field["x"] + field["width"] <= trail["x"]
    page.click(".trail li:nth-child(2) button")
    expect(first).to_have_value("[#2]")
    expect(page.locator(".next")).to_have_attribute("data-do", "hand-in")
    page.click("[data-tab=task]")
    expect(page.locator(".screens")).to_be_visible()


# --- a phone


@pytest.mark.parametrize("lang", PATHS)
def test_a_phone_has_tabs_in_the_place_of_columns(at: Address, page: Page, begin: Begin, lang: str) -> None:
    begin()
    go(page, at, lang, PHONE)
    assert shown_tabs(page) == [*TABS, "terminal"]
    expect(page.locator(".screens")).to_be_hidden()
    expect(page.get_by_role("separator")).to_be_hidden()
    page.click("[data-tab=terminal]")
    page.wait_for_selector(".screen .xterm-rows")
    place = box(page, ".screens")
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= 390
    assert place["height"] > 300
    expect(page.locator(".pane-task")).to_be_hidden()
    page.click("[data-tab=explain]")
    expect(page.locator(".pane-explain .trail-of")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


# --- the end


@pytest.mark.parametrize("lang", PATHS)
def test_who_has_submitted_sees_what_was_reached_and_where_to_go(
    at: Address, page: Page, begin: Begin, own_places: Path, lang: str
) -> None:
    attempt = submitted(begin(hints=1), own_places)
    Store().record(attempt, "hint", number=1)
    go(page, at, lang)
    page.click("[data-tab=record]")
    finish = page.locator(".finish")
    expect(finish.locator("dl")).to_be_visible()
    told = finish.locator("dd").all_inner_texts()
    assert str(Catalog().lab(LAB).about.minutes) in told[0]
    assert told[2].replace(" ", "") in ("2of2", "2/2")
    assert "#1 cat /var/log/nginx/error.log" in told[3]
    expect(finish.locator(".path")).to_have_text(str(attempt.submitted))
    with page.expect_download() as saved:
        finish.locator("a[download]").click()
    assert saved.value.suggested_filename == f"{LAB}-ada.kikori"
    assert saved.value.path().read_bytes() == b"PK"
    about = Catalog().lab(LAB).about
    rows = [row.id for row in listing(Session()).labs]
    following, base = rows[rows.index(LAB) + 1], "" if lang == "en" else "/ja"
    links = finish.locator(".onward a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert links == [f"{base}/courses/{about.course}/{about.module}/why-again/", f"{base}/labs/{following}/"]
    for link in links:
        assert requests.get(at.url(link), timeout=10).ok
    finish.locator(".onward button").first.click()
    assert selected(page) == "debrief"
    page.click("[data-tab=record]")
    expect(finish.locator(".onward button").nth(1)).to_be_visible()


def test_after_a_stop_there_is_the_record(at: Address, page: Page, begin: Begin, own_places: Path) -> None:
    attempt = submitted(begin(), own_places)
    Store().record(attempt, "stopped")
    Store().move(attempt, stage=Stage.STOPPED)
    go(page, at, fragment="record")
    expect(page.locator(".rounds tbody tr")).to_have_count(1)
    expect(page.locator(".rounds tbody td").last).to_have_text("submitted")
    expect(page.locator(".finish dl")).to_be_visible()
    assert requests.get(at.url(f"/-/submission/{LAB}"), timeout=10).content == b"PK"


def test_another_round_is_not_said_to_be_submitted(at: Address, page: Page, begin: Begin, own_places: Path) -> None:
    attempt = submitted(begin(), own_places)
    go(page, at, fragment="record")
    expect(page.locator(".finish dl")).to_be_visible()
    Store().record(attempt, "broke", fault="unreadable-config")
    Store().move(attempt, stage=Stage.BROKEN, submitted=None, explained=False)
    expect(page.locator(".finish")).to_be_hidden()
    expect(page.locator(".rounds tbody tr")).to_have_count(2)


@pytest.mark.parametrize("kind", ["none", "other", "link"])
def test_no_other_file_is_given_as_a_submission(at: Address, begin: Begin, own_places: Path, kind: str) -> None:
    attempt = submitted(begin(), own_places)
    secret = own_places / "secret.txt"
    secret.write_text("secret")
    file = own_places / "x.kikori"
    if kind == "link":
        file.symlink_to(secret)
    Store().move(attempt, submitted={"none": None, "other": str(secret), "link": str(file)}[kind])
    answer = requests.get(at.url(f"/-/submission/{LAB}"), timeout=10)
    assert (answer.status_code, "secret" in answer.text) == (404, False)


# --- nothing jumps, nobody is kept out


@pytest.mark.parametrize("size", [DESK, PHONE], ids=str)
def test_nothing_jumps_while_the_page_comes_and_an_attempt_goes_on(
    at: Address, page: Page, begin: Begin, size: dict[str, int]
) -> None:
    attempt = begin(Stage.HEALTHY)
    go(page, at, size=size)
    page.wait_for_selector(".workbench[data-stage=healthy]")
    Store().record(attempt, "broke", fault="privileged-port")
    Store().move(attempt, stage=Stage.BROKEN, fault="privileged-port", hints=1)
    page.wait_for_selector(".workbench[data-stage=broken]")
    explained(Store().running()[0])
    page.wait_for_selector(".workbench[data-stage=mended]")
    page.wait_for_timeout(500)
    stays_in_place(page)


def test_a_terminal_waits_for_its_style(at: Address, page: Page, begin: Begin) -> None:
    def late(route: Route) -> None:
        sleep(1)
        route.continue_()

    begin(Stage.HEALTHY)
    page.route("**/xterm.css", late)
    go(page, at)
    page.wait_for_selector(".xterm-rows")
    page.wait_for_timeout(500)
    stays_in_place(page)


@pytest.mark.parametrize("lang", PATHS)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "390"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_at_any_stage(
    at: Address, page: Page, begin: Begin, own_places: Path, lang: str, size: dict[str, int], scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    go(page, at, lang, size)
    found = {"idle": grave(page)}

    def look(stage: str, *tabs: str) -> None:
        page.wait_for_selector(f".workbench[data-stage={stage}]")
        for tab in tabs:
            page.click(f"[data-tab={tab}]")
            page.wait_for_timeout(400)
            found[f"{stage} {tab}"] = grave(page)
        assert page.locator(".way").evaluate("one => one.scrollWidth <= one.clientWidth"), "the way is cut off"
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]

    attempt = begin(Stage.HEALTHY)
    look("healthy", "task")
    Store().record(attempt, "broke", fault="privileged-port")
    attempt = Store().move(attempt, stage=Stage.BROKEN, fault="privileged-port", hints=2)
    failed = CheckResult(
        id="test_y", title="Orders are taken.", outcome=Outcome.FAILED, reason="expected 200, seen 502"
    )
    Store().add_report(attempt, Report(lab=LAB, at=9e9, checks=(failed,)))
    look("broken", "checks", "hints", "diagnose", "debrief", *(["terminal"] if size is PHONE else []))
    attempt = explained(attempt)
    look("mended", "explain", "debrief")
    page.click(".more")
    page.wait_for_timeout(400)
    found["menu"] = grave(page)
    page.keyboard.press("Escape")
    submitted(attempt, own_places)
    expect(page.locator(".finish dl")).to_be_attached()
    look("mended", "record")
    assert not {stage: one for stage, one in found.items() if one}


def test_a_lesson_keeps_its_folded_parts(tmp_path: Path, page: Page, begin: Begin, expected_errors: list[str]) -> None:
    expected_errors.append(NOBODY_ANSWERS)
    begin()
    with answered(application(small_site(tmp_path / "html", LAB))) as place:
        page.goto(place.url("/"))
        page.wait_for_selector(".kikori-panel[data-stage=broken]")
        expect(page.locator("details.part-terminal")).to_be_visible()
        assert page.locator(".workbench").count() == 0
        page.click(".part-terminal summary")
        expect(page.locator(".keys")).to_have_text("Shift+Tab leaves the terminal.")
