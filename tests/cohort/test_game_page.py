"""The instructor's page of a game day, as it is served and as a browser shows it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import requests
import sqlalchemy as sql
from selectolax.lexbor import LexborHTMLParser

from kikori.cohort.messages import Consent, Moment, Step, StoppedBy, TeamReport, Where
from kikori.cohort.server.rounds import Rounds
from kikori.cohort.server.tables import TEAMS
from kikori.content import Catalog

from .conftest import TOKEN, Cohort, told, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

LAB = "first-look"


@pytest.fixture
def rounds(cohort: Cohort) -> Rounds:
    """Two teams that have agreed."""
    for name in ("ben", "ada"):
        cohort.enrolled(name)[1].agree(Consent(lab=LAB))
    return Rounds(cohort.store.engine)


def posted(cohort: Cohort, path: str, **form: str) -> requests.Response:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return requests.post(f"{cohort.url}/game-day/{path}", data=form, headers=headers, timeout=10)


def rows(text: str, section: str) -> list[list[str]]:
    """The cells of a table, row by row."""
    found = LexborHTMLParser(text).css(f"section[aria-labelledby={section}] tbody tr")
    return [[" ".join(cell.text().split()) for cell in row.css("th, td")] for row in found]


def report(rounds: Rounds, name: str, *moments: Moment, problem: str = "") -> None:
    """Tell of a team, as its computer does, about the last round."""
    (learner,) = [team.learner for team in rounds.teams() if team.name == name]
    round_id = rounds.rounds()[-1].id
    told = TeamReport(lab=LAB, stage=Where.BROKEN, problem=problem, round=round_id, moments=moments)
    rounds.hear(learner, told, now=rounds.rounds()[-1].begins + 7)


BROKE = Moment(step=Step.BROKE, seconds=0.0)


@pytest.mark.slow
def test_a_fault_is_let_in_and_who_came_how_far_is_seen(cohort: Cohort, rounds: Rounds) -> None:
    text = posted(cohort, "let-in", lab=LAB, fault="half-edit").text
    assert rows(text, "open") == [["ada", *"–––––"], ["ben", *"–––––"]]
    assert "half-edit" not in LexborHTMLParser(text).css_first("table").text()
    stopped = Moment(step=Step.STOPPED, seconds=420.0, by=StoppedBy.STOP_GAP)
    report(rounds, "ben", BROKE, Moment(step=Step.NOTICED, seconds=66.0), stopped)
    report(rounds, "ada", BROKE, Moment(step=Step.FIXED, seconds=61.0))
    live = cohort.page("/game-day/live").text
    assert rows(live, "open") == [
        ["ada", "after 7 s", "–", "–", "–", "1.0 min"],
        ["ben", "after 7 s", "1.1 min", "–", "7.0 min by their word: a stop-gap", "–"],
    ]
    assert "7.0分 本人の言葉: 応急処置" in rows(cohort.page("/game-day?lang=ja").text, "open")[1]
    over = posted(cohort, "rounds/1/end").text
    assert rows(over, "open") == []
    assert rows(over, "round-1") == rows(live, "open")
    assert "it was half-edit" in over


def test_the_second_of_two_faults_is_refused_in_a_sentence(cohort: Cohort, rounds: Rounds) -> None:
    posted(cohort, "let-in", lab=LAB, fault="half-edit")
    second = posted(cohort, "let-in", lab=LAB, fault="closed-page").text
    assert "Not let in: another fault is in already" in second
    assert [one.fault for one in rounds.rounds()] == ["half-edit"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "form",
    [
        {},
        {"lab": LAB},
        {"lab": LAB, "fault": "no-such-fault"},
        {"lab": "silent-exit", "fault": "half-edit"},
        {"lab": "../first-look", "fault": "half-edit"},
    ],
)
def test_what_is_no_fault_of_an_agreed_lab_is_not_let_in(cohort: Cohort, rounds: Rounds, form: dict[str, str]) -> None:
    assert posted(cohort, "let-in", **form).status_code == 400
    assert rounds.rounds() == []


@pytest.mark.slow
def test_all_faults_of_the_lab_can_be_chosen_and_what_they_are_is_said(cohort: Cohort) -> None:
    cohort.enrolled("ada")[1].agree(Consent(lab="desired-state"))
    form = LexborHTMLParser(cohort.page("/game-day").text).css_first("form[action*=let-in]")
    said = {one.attributes["value"]: one.text() for one in form.css("option") if one.attributes["value"]}
    assert said.keys() == Catalog().lab("desired-state").own.keys()
    assert said["early-snow"] == "early-snow (two at once: alive-is-enough + cut-off)"
    assert said["birch-hut"] == "birch-hut (nothing is broken)"
    assert "teams: 1" in form.css_first("button").text()


def test_a_team_that_fell_away_and_one_in_trouble_are_told_apart(cohort: Cohort, rounds: Rounds) -> None:
    posted(cohort, "let-in", lab=LAB, fault="half-edit")
    report(rounds, "ada", problem="first-look is paused. <b>")
    with cohort.store.engine.begin() as line:
        line.execute(sql.update(TEAMS).values(heard=time.time() - 130).where(TEAMS.c.problem == ""))
    teams = LexborHTMLParser(cohort.page("/game-day").text).css("section[aria-labelledby=teams] li")
    ada, ben = (" ".join(one.text().split()) for one in teams)
    assert "The fault is not in: first-look is paused. <b>" in ada
    assert "not heard for 2 min" in ben
    assert "not heard" not in ada


def test_the_game_day_ends_for_everybody_and_its_tables_stay(cohort: Cohort, rounds: Rounds) -> None:
    posted(cohort, "let-in", lab=LAB, fault="half-edit")
    report(rounds, "ada", BROKE, Moment(step=Step.DECLARED, seconds=60.0))
    text = posted(cohort, "close").text
    assert rows(text, "round-1") == [["ada", "after 7 s", "–", "1.0 min", "–", "–"]]
    assert "No team has agreed yet" in text
    assert rounds.teams() == []


def test_the_scoreboard_is_beside_it(cohort: Cohort) -> None:
    cohort.enrolled("ada")[1].check_in(told(lab="tune-the-board", score=4000, grade=2.25))
    cohort.enrolled("ben")[1].check_in(told(lab="tune-the-board", score=90, grade=None))
    text = cohort.page("/game-day").text
    assert rows(text, "board-tune-the-board") == [["ada", "2.2", "4000", "0 min ago"], ["ben", "–", "90", "0 min ago"]]


def test_the_pages_lead_to_each_other(cohort: Cohort) -> None:
    for path, other in (("/", "/game-day"), ("/game-day", "/")):
        nav = LexborHTMLParser(cohort.page(path).text).css_first("nav")
        links = {link.attributes["href"].partition("?")[0]: link.attributes for link in nav.css("a")}  # type: ignore[union-attr]
        assert ("aria-current" in links[path], "aria-current" in links[other]) == (True, False)


@pytest.mark.browser
def test_an_instructor_lets_a_fault_in_and_sees_it_noticed(cohort: Cohort, rounds: Rounds, page: Page) -> None:
    page.goto(f"{cohort.url}/game-day?token={TOKEN}")
    page.get_by_text("Let a fault into first-look").click()
    page.get_by_label("Fault").select_option("half-edit")
    page.get_by_label("Fault").evaluate("one => one.blur()")
    cohort.enrolled("cy")[1].agree(Consent(lab=LAB))
    page.get_by_text("cy", exact=True).wait_for()
    assert page.get_by_label("Fault").input_value() == "half-edit", "what was chosen outlives a renewal"
    page.get_by_role("button", name="Let it in (teams: 3)").click()
    page.get_by_text("begins in").wait_for()
    assert [one.fault for one in rounds.rounds()] == ["half-edit"]
    report(rounds, "ada", BROKE, Moment(step=Step.NOTICED, seconds=90.0))
    page.get_by_text("1.5 min").wait_for()
    assert not page.get_by_text("half-edit").is_visible()
    page.get_by_text("Which fault").click()
    assert page.get_by_text("half-edit").is_visible()
    page.get_by_role("button", name="End this round").click()
    until(lambda: rounds.open_round() is None)
    page.get_by_text("it was half-edit").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_of_a_game_day_is_cut_off_and_all_text_has_contrast(
    cohort: Cohort, rounds: Rounds, page: Page, width: int, scheme: str
) -> None:
    from .test_page import CONTRAST

    cohort.enrolled("x" * 80)[1].agree(Consent(lab=LAB))
    cohort.enrolled("y")[1].check_in(told(lab="tune-the-board", score=10**9, grade=64.0))
    for fault in ("half-edit", "closed-page"):
        rounds.let_in(LAB, fault)
        stopped = Moment(step=Step.STOPPED, seconds=1e8, by=StoppedBy.SERVED)
        report(rounds, "x" * 80, BROKE, stopped, problem="z" * 500)
        if fault == "half-edit":
            rounds.end(1)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{cohort.url}/game-day?token={TOKEN}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CONTRAST) == []
