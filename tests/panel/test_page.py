"""What a panel asks, says and keeps, in a browser and without a scene: two pages, and attempts on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from kikori import paths
from kikori.attempts import Store
from kikori.content import Catalog
from kikori.model import Attempt, Stage
from kikori.panel.app import application
from kikori.web import Address
from web.served import served

from .conftest import NOBODY_ANSWERS, Served, small_site

pytestmark = pytest.mark.browser
LAB = "silent-exit"
RED, SPOKEN = "rgb(163, 32, 42)", "[role=status], [role=alert], [aria-live]"
LISTEN = """selector => {
  window.spoken = [];
  const heard = (records) => records.forEach(({ target }) => {
    const region = (target.closest ? target : target.parentElement)?.closest(selector);
    if (region?.textContent) window.spoken.push(region.textContent);
  });
  new MutationObserver(heard).observe(document.body, { childList: true, characterData: true, subtree: true });
}"""
"""Note each text of a live region as a screen reader is told of it."""


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Address]:
    """Two pages, served where no engine answers."""
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/docker.sock")
    with served(application(small_site(tmp_path / "html", LAB))) as place:
        yield place


@pytest.fixture
def attempt(own_places: Path) -> Attempt:
    """A fixed attempt that was never submitted."""
    told = {"id": f"{LAB}-abc123", "lab": LAB, "learner": "ada", "seed": 1, "params": {}}
    found = Store().save(Attempt(**told, stage=Stage.FIXED, fault="privileged-port"))  # type: ignore[arg-type]
    Store().record(found, "broke", fault="privileged-port")
    Store().record(found, "mended")
    return found


@pytest.fixture
def asked(page: Page) -> list[str]:
    """What the page asks; every question is answered no."""
    found: list[str] = []

    def refuse(dialog: Dialog) -> None:
        found.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    return found


def go(page: Page, at: Address, path: str = "/") -> None:
    page.goto(at.url(path))
    page.wait_for_selector(".kikori-panel[data-stage]")


def click(page: Page, name: str) -> None:
    page.click(f"[data-do={name}]:not([disabled])")


# --- nothing is lost by a click


@pytest.mark.parametrize("action", ["break", "another"])
@pytest.mark.parametrize(("path", "told"), [("/", "never submitted"), ("/ja/", "まだ提出していません")])
def test_a_break_asks_when_something_would_be_lost(
    at: Address, attempt: Attempt, page: Page, asked: list[str], action: str, path: str, told: str
) -> None:
    go(page, at, path)
    click(page, action)
    page.wait_for_timeout(1000)
    assert [told in question for question in asked] == [True]
    assert Store().running() == [attempt]
    assert page.inner_text(".problem") == "", "no was said, and nothing begun"


def test_who_agrees_is_not_asked_again(at: Address, attempt: Attempt, page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    go(page, at)
    click(page, "break")
    expect(page.locator(".problem")).to_contain_text("does not answer")


def test_nothing_is_asked_where_nothing_would_be_lost(
    at: Address, attempt: Attempt, page: Page, asked: list[str]
) -> None:
    Store().move(attempt, submitted="/x.kikori")
    go(page, at)
    click(page, "another")
    expect(page.locator(".problem")).to_contain_text("does not answer")
    assert asked == []


def test_another_fault_is_offered_until_all_were_met(at: Address, attempt: Attempt, page: Page) -> None:
    go(page, at)
    expect(page.locator("[data-do=another]")).to_be_visible()
    for fault in Catalog().lab(LAB).single:
        Store().record(attempt, "broke", fault=fault)
    expect(page.locator("[data-do=another]")).to_be_hidden()
    expect(page.locator("[data-do=break]")).to_be_visible()


@pytest.mark.parametrize(("path", "result"), [("/", "fixed"), ("/ja/", "修復済み")])
def test_the_rounds_of_a_lab_are_listed_also_when_none_runs(
    at: Address, attempt: Attempt, page: Page, path: str, result: str
) -> None:
    Store().record(attempt, "hint", number=1)
    Store().record(attempt, "stopped")
    Store().move(attempt, stage=Stage.STOPPED)
    go(page, at, path)
    page.click(".part-rounds summary")
    rows = page.locator(".rounds tbody tr")
    expect(rows).to_have_count(1)
    cells = rows.first.locator("td").all_inner_texts()
    assert (cells[0], cells[2], cells[4:]) == ("1", "–", ["1", "0", result])


def test_a_round_begins_with_an_empty_explanation(at: Address, attempt: Attempt, page: Page) -> None:
    go(page, at)
    page.click(".part-explain summary")
    page.fill("textarea[name=seen]", "Nobody could order.")
    expect(page.locator(".kept-words")).to_have_text("Kept.")
    kept = Store().folder(attempt.id) / "explanation.md"
    kept.rename(kept.with_name("explanation-1.md"))
    Store().record(attempt, "broke", fault="unreadable-config")
    expect(page.locator(".part-explain")).not_to_have_attribute("open", "")
    page.click(".part-explain summary")
    expect(page.locator("textarea[name=seen]")).to_have_value("")


# --- errors tell the truth and stay


def test_why_docker_is_away_stays_on_the_page(at: Address, page: Page) -> None:
    go(page, at)
    expect(page.locator(".engine")).to_contain_text("Docker does not answer yet")
    page.evaluate(LISTEN, SPOKEN)
    click(page, "start")
    expect(page.locator(".problem")).to_contain_text("docker.sock does not answer")
    expect(page.locator(".engine")).to_be_hidden()  # it knows less
    page.wait_for_timeout(5000)  # the services are looked at twice
    expect(page.locator(".problem")).to_contain_text("docker.sock does not answer")
    assert page.locator(".problem").evaluate("one => getComputedStyle(one).borderLeftColor")
    spoken = page.evaluate("window.spoken")
    assert [("does not answer" in one) for one in spoken] == [True], spoken


@pytest.mark.parametrize(("path", "told"), [("/", "nothing is written here"), ("/ja/", "何も書かれていません")])
def test_a_refused_explanation_says_why_at_each_field_in_colour_and_leads_to_the_first(
    at: Address, attempt: Attempt, page: Page, path: str, told: str
) -> None:
    go(page, at, path)
    page.click(".part-explain summary")
    page.fill("textarea[name=seen]", "Whoever ordered something got an error page in the place of it.")
    page.fill("[name=cause]", "no-such-cause")
    page.evaluate(LISTEN, SPOKEN)
    page.click(".explanation button[type=submit]")
    expect(page.locator("[name=cause]")).to_be_focused()
    invalid = page.locator(".explanation [aria-invalid=true]")
    prompts = [one.id for one in Catalog().lab(LAB).about.prompts]
    assert invalid.evaluate_all("all => all.map((one) => one.name)") == ["cause", *prompts[1:]]
    for field in invalid.all():
        reason = page.locator(f"#{field.get_attribute('aria-describedby')}")
        assert reason.inner_text()
        assert reason.evaluate("one => getComputedStyle(one).color") == RED
    why = page.locator(f"#reason-{LAB}-{prompts[-1]}")
    expect(why).to_contain_text(told)
    page.fill("[name=cause]", "nothing")
    expect(page.locator("[name=cause]")).not_to_have_attribute("aria-invalid", "true")
    spoken = page.evaluate("window.spoken")
    assert len(spoken) == 1, spoken


def test_what_is_not_judged_yet_is_not_red(at: Address, attempt: Attempt, page: Page) -> None:
    go(page, at)
    page.click(".part-explain summary")
    page.evaluate(LISTEN, SPOKEN)
    page.fill("textarea[name=seen]", "Short.")
    expect(page.locator(".kept-words")).to_have_text("Kept.")
    assert page.locator(f"#reason-{LAB}-seen").inner_text()
    assert page.locator(".explanation [aria-invalid], .explanation .refused").count() == 0
    assert page.evaluate("window.spoken") == [], "whoever writes is not talked to"


def test_a_stream_that_begins_again_says_nothing_twice(at: Address, attempt: Attempt, page: Page) -> None:
    job = {"job": 1, "action": "hint", "past": False}
    told = [
        ("server", {"run": "same"}),
        ("job", {**job, "kind": "step", "title": "Looking", "number": 1}),
        ("job", {**job, "kind": "done", "value": {}, "number": 2}),
    ]
    body = "retry: 100\n\n" + "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in told)
    streams = []
    page.route(
        "**/-/stream/**", lambda route: (streams.append(1), route.fulfill(content_type="text/event-stream", body=body))
    )
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => ({LISTEN})('{SPOKEN}'))")
    page.goto(at.url())
    expect(page.locator(".status")).to_have_text("A hint was added.")
    page.locator(".part-hints").evaluate("part => part.open = false")
    page.wait_for_timeout(1500)
    assert len(streams) > 3
    assert page.locator(".part-hints").evaluate("part => part.open") is False
    spoken = page.evaluate("window.spoken")
    assert spoken.count("A hint was added.") == 1, spoken


def test_what_a_command_said_before_the_page_was_opened_moves_nothing(
    at: Address, attempt: Attempt, page: Page
) -> None:
    Store().move(attempt, stage=Stage.BROKEN)
    go(page, at)
    click(page, "hint")
    expect(page.locator(".part-hints")).to_have_attribute("open", "")
    go(page, at)
    expect(page.locator(".status")).to_have_text("A hint was added.")
    expect(page.locator(".part-hints")).not_to_have_attribute("open", "")


@pytest.mark.parametrize(("path", "told"), [("", "this page goes on"), ("ja/", "このページはそのまま使えます")])
def test_a_page_goes_on_with_a_server_that_was_started_anew(
    served_small: Served, page: Page, expected_errors: list[str], path: str, told: str
) -> None:
    expected_errors.append(NOBODY_ANSWERS)
    page.goto(served_small.url)
    page.goto(f"{served_small.base}/{path}")
    page.wait_for_selector(".kikori-panel[data-stage]")
    expect(page.locator(".status")).to_be_empty()
    token = served_small.token
    served_small.kill()
    page.wait_for_selector(".kikori-panel.lost .lost-words:not(:empty)")
    served_small.again()
    expect(page.locator(".status")).to_contain_text(told)
    expect(page.locator(".lost-words")).to_be_empty()
    assert served_small.token == token


def test_a_page_whose_token_counts_no_longer_says_how_to_go_on(
    served_small: Served, page: Page, expected_errors: list[str]
) -> None:
    expected_errors.append(rf"{NOBODY_ANSWERS}|status of 403")
    page.goto(served_small.url)
    page.wait_for_selector(".kikori-panel[data-stage]")
    served_small.kill()
    (paths.state() / "serve.key").unlink()
    served_small.again()
    expect(page.locator(".lost-words")).to_contain_text("Open the address that it printed")
    click(page, "start")
    expect(page.locator(".problem")).to_contain_text("Open the address that it printed")
