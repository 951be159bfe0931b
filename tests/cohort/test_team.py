"""A team's computer on a game day, typed as a team types it; nothing answers to Docker, so that no fault gets in."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest
import requests

from kikori import paths
from kikori.attempts import Store
from kikori.cohort.client import consent, joining, membership
from kikori.cohort.client.game_day import Participant
from kikori.cohort.client.steps import mark_of
from kikori.cohort.messages import MOST_LINE, Ahead
from kikori.cohort.server.rounds import Rounds, Team
from kikori.cohort.server.tables import opened
from kikori.errors import KikoriError
from kikori.learner.fault import ROUND
from kikori.learner.session import LockedAttempt, Session
from kikori.model import Attempt, Stage
from kikori.web import unused_port
from terminal_user import PATIENCE, Kikori, heed_interrupts

from .conftest import Cohort, Kept, Served, until

pytestmark = pytest.mark.slow

LAB = "first-look"
WORDS = [sys.executable, "-m", "kikori", "cohort", "game-day"]


class Terminal:
    """A terminal in which ``cohort game-day`` runs."""

    def __init__(self, said: Path, *words: str) -> None:
        self.said = said
        self.process = subprocess.Popen(
            [*WORDS, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said.open("a"),
            preexec_fn=heed_interrupts,
        )

    def text(self) -> str:
        return self.said.read_text(encoding="utf-8")

    def says(self, text: str) -> bool:
        return text in self.text()

    def ended(self) -> int:
        return self.process.wait(30)


Play = Callable[..., Terminal]


@pytest.fixture
def play(own_places: Path) -> Iterator[Play]:
    """``play()``: take part in a terminal of one's own, which ends with the test."""
    terminals: list[Terminal] = []

    def begin(*words: str) -> Terminal:
        one = Terminal(own_places / f"terminal-{len(terminals)}", *words)
        terminals.append(one)
        until(lambda: one.says("You take part with first-look"), 30)  # both sides know of the consent by now
        return one

    yield begin
    for one in terminals:
        one.process.kill()
        one.process.wait(10)


@pytest.fixture
def rounds(cohort: Cohort) -> Rounds:
    """The game days of the cohort, in which this learner is."""
    joining.join(cohort.url, cohort.enrolment, "ada")
    return Rounds(cohort.store.engine)


@pytest.fixture
def healthy(kept: Kept) -> Attempt:
    return kept(stage=Stage.HEALTHY)


def team(rounds: Rounds) -> Team:
    (one,) = rounds.teams()
    return one


def let_in(rounds: Rounds) -> str:
    rounds.let_in(LAB, "half-edit")
    return rounds.rounds()[-1].id


def broken(attempt: Attempt, round_id: str) -> None:
    """What a fault leaves on disk that was put in for a round."""
    Store().move(attempt, stage=Stage.BROKEN, fault="half-edit")
    mark = mark_of(membership.membership().learner, round_id)
    Store().record(attempt, "broke", fault="half-edit", **{ROUND: mark})


def arrived(rounds: Rounds) -> list[str]:
    return [one.step.value for one in rounds.moments()]


@pytest.mark.usefixtures("healthy")
def test_all_that_agreeing_leads_to_is_shown_first(kikori: Kikori, cohort: Cohort, rounds: Rounds) -> None:
    said = kikori("cohort", "game-day")
    assert said.returncode == 2
    for part in (
        cohort.url,
        "faults into your first-look",
        "every three seconds",
        "--leave",
        "name ada",
        "reset first",
    ):
        assert part in said.stderr
    assert (rounds.teams(), consent.agreed()) == ([], None)
    assert "講師があなたの first-look に" in kikori("cohort", "game-day", "--lang", "ja").stderr


@pytest.mark.usefixtures("healthy")
def test_consent_is_asked_once_and_stands_when_a_team_comes_back(rounds: Rounds) -> None:
    talk = pexpect.spawn(WORDS[0], WORDS[1:], encoding="utf-8", timeout=PATIENCE)
    talk.expect("Take part\\?")
    assert rounds.teams() == []
    talk.sendline("y")
    talk.expect("You take part with first-look")
    assert (team(rounds).name, team(rounds).lab) == ("ada", LAB)
    talk.kill(signal.SIGKILL)
    talk.expect(pexpect.EOF)
    heard = team(rounds).heard
    again = pexpect.spawn(WORDS[0], WORDS[1:], encoding="utf-8", timeout=PATIENCE)
    again.expect("You take part with first-look")
    assert "Take part?" not in again.before
    until(lambda: team(rounds).heard > heard)
    again.sendintr()
    again.expect("goes on where you are")
    again.expect(pexpect.EOF)
    assert len(rounds.teams()) == 1


def test_what_is_missing_is_named(kikori: Kikori, cohort: Cohort, kept: Kept) -> None:
    assert "joined no cohort" in kikori("cohort", "game-day", "--yes").stderr
    joining.join(cohort.url, cohort.enrolment, "ada")
    said = kikori("cohort", "game-day", "--lab", "desired-state", "--yes")
    assert (said.returncode, said.stderr) == (
        2,
        "kikori: No attempt at 'desired-state' is running.\n  → ./kikori start desired-state\n",
    )
    kept(id="tune-the-board-00000a", lab="tune-the-board", stage=Stage.HEALTHY)
    assert "tune-the-board has nothing to break" in kikori("cohort", "game-day", "--yes").stderr
    kept(stage=Stage.STARTING)
    assert "kikori start first-look" in kikori("cohort", "game-day", "first-look", "--yes").stderr


def test_a_lab_that_the_instructor_does_not_have_is_refused(
    kikori: Kikori, rounds: Rounds, kept: Kept, own_places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("labs", "graders"):
        shutil.copytree(paths.ROOT / part / LAB, own_places / "content" / part / "mine")
    kept(id="mine-00000a", lab="mine", stage=Stage.HEALTHY)
    said = kikori("cohort", "game-day", "--yes", "--content", str(own_places / "content"))
    assert "no lab called 'mine' on your instructor's machine" in said.stderr
    assert (rounds.teams(), consent.agreed()) == ([], None)


def test_steps_are_told_as_they_happen_whichever_terminal_they_are_typed_in(
    kikori: Kikori, rounds: Rounds, healthy: Attempt, play: Play
) -> None:
    terminal = play("--yes")
    before = terminal.text()
    broken(healthy, let_in(rounds))
    until(lambda: arrived(rounds) == ["broke"])
    assert terminal.text() == before, "the terminal does not tell the moment"
    assert kikori("incident", "noticed", "the pager rings").returncode == 0
    until(lambda: arrived(rounds) == ["broke", "noticed"])
    assert kikori("incident", "declare", "--severity", "2", "no timetable").returncode == 0
    kikori("incident", "stop-gap", "paper", "--risk", "old", "--until", "tomorrow")
    until(lambda: arrived(rounds) == ["broke", "noticed", "declared", "stopped"])
    Store().record(healthy, "mended")
    Store().move(healthy, stage=Stage.FIXED)
    until(lambda: arrived(rounds)[-1] == "fixed")
    until(lambda: terminal.says("Fixed after 0"))
    assert terminal.says("Noticed after 0")
    assert [one.by.value for one in rounds.moments() if one.step == "stopped"] == ["stop-gap"]
    rounds.end(1)
    until(lambda: terminal.says("The round is over"))
    rounds.close()
    assert terminal.ended() == 0
    assert consent.agreed() is None


def test_a_fault_that_can_not_be_put_in_is_told_on_both_sides_and_tried_again(
    kikori: Kikori, rounds: Rounds, healthy: Attempt, play: Play
) -> None:
    terminal = play("--yes")
    let_in(rounds)
    until(lambda: team(rounds).problem != "", 30)
    assert re.search("The Docker engine at .* does not answer", team(rounds).problem)
    assert terminal.says("kikori: The fault can't be put in: The Docker engine at ")
    assert not terminal.says("half-edit")
    assert Store().current().stage is Stage.HEALTHY
    assert arrived(rounds) == []
    rounds.end(1)
    until(lambda: team(rounds).problem == "")
    assert terminal.process.poll() is None


def test_what_stood_in_the_way_is_told_no_more_once_another_terminal_put_the_fault_in(
    rounds: Rounds, healthy: Attempt, play: Play
) -> None:
    play("--yes")
    round_id = let_in(rounds)
    until(lambda: team(rounds).problem != "", 30)
    broken(healthy, round_id)
    until(lambda: team(rounds).problem == "")
    assert arrived(rounds) == ["broke"]


def test_a_team_that_fell_away_comes_back_where_it_was(
    kikori: Kikori, rounds: Rounds, healthy: Attempt, play: Play
) -> None:
    first = play("--yes")
    first.process.kill()
    first.process.wait(10)
    broken(healthy, let_in(rounds))
    kikori("incident", "declare", "--severity", "2", "no timetable")
    assert arrived(rounds) == []
    second = play()
    until(lambda: arrived(rounds) == ["broke", "noticed", "declared"])
    heard = team(rounds).heard
    until(lambda: team(rounds).heard > heard + 6)
    assert team(rounds).problem == "", "it would try to put the fault in once more"
    assert second.says("Declared after 0")


def test_a_server_that_is_started_anew_in_the_middle_loses_nothing(
    kikori: Kikori, own_places: Path, healthy: Attempt, play: Play
) -> None:
    state, port = own_places / "instructor", str(unused_port())
    with opened(f"sqlite:///{state}/kikori/cohort.sqlite") as engine:
        rounds, first = Rounds(engine), Served(state, "--port", port)
        second = None
        try:
            assert kikori("cohort", "join", first.join, "--yes").returncode == 0
            terminal = play("--yes")
            broken(healthy, let_in(rounds))
            until(lambda: arrived(rounds) == ["broke"])
            first.process.kill()
            first.process.wait(10)
            kikori("incident", "declare", "--severity", "2", "no timetable")
            until(lambda: terminal.says("does not answer"), 30)
            second = Served(state, "--port", port)
            until(lambda: arrived(rounds) == ["broke", "noticed", "declared"], 30)
            until(lambda: terminal.says("The server answers again"))
            session = requests.Session()
            session.get(second.page, timeout=10)
            shown = session.get(second.page.partition("?")[0] + "game-day", timeout=10).text
            assert "End this round" in shown
        finally:
            first.process.kill()
            if second:
                second.end()


def test_consent_is_taken_back_from_another_terminal(
    kikori: Kikori, rounds: Rounds, healthy: Attempt, play: Play
) -> None:
    terminal = play("--yes")
    assert "game day: faults may come into first-look" in kikori("cohort", "status").stdout
    assert "You take part no longer." in kikori("cohort", "game-day", "--leave").stdout
    assert rounds.teams() == []
    assert terminal.ended() == 0
    assert "game day" not in kikori("cohort", "status").stdout


def test_consent_is_gone_here_also_where_the_server_is_away(kikori: Kikori, rounds: Rounds, healthy: Attempt) -> None:
    member = membership.membership()
    consent.keep(consent.Agreed(learner=member.learner, attempt=healthy.id, lab=LAB, at=0.0))
    membership.keep(membership.Membership(url="http://127.0.0.1:1", name="ada", learner=member.learner, token="x"))  # noqa: S106
    assert kikori("cohort", "game-day", "--leave").returncode == 3
    assert consent.agreed() is None


def test_whoever_stops_the_lab_takes_part_no_longer(rounds: Rounds, healthy: Attempt, play: Play) -> None:
    terminal = play("--yes")
    Store().move(healthy, stage=Stage.STOPPED)
    assert terminal.ended() == 0
    assert (rounds.teams(), consent.agreed()) == ([], None)


def test_whoever_leaves_the_cohort_takes_part_no_longer(
    kikori: Kikori, rounds: Rounds, healthy: Attempt, play: Play
) -> None:
    terminal = play("--yes")
    assert kikori("cohort", "leave").returncode == 0
    assert terminal.ended() == 0
    assert rounds.teams() == []
    assert not consent.file().exists()


def test_ctrl_c_says_what_stays(rounds: Rounds, healthy: Attempt, play: Play) -> None:
    terminal = play("--yes")
    os.kill(terminal.process.pid, signal.SIGINT)
    assert terminal.ended() == 130
    assert terminal.says("What is in stays in")
    assert len(rounds.teams()) == 1


@pytest.mark.usefixtures("rounds")
def test_a_fault_of_another_version_is_named_by_nobody(healthy: Attempt) -> None:
    """What a fault of an unknown name leads to is the same with an engine; here the engine is what is missing first."""
    session = Session(LAB)
    player = Participant(healthy, lambda heard: None)
    player.ahead = Ahead(round="0" * 12, fault="of-next-year")
    lab = session.lab(healthy)
    with pytest.raises(KikoriError, match="is it the same version") as refused:
        player._fault(LockedAttempt(attempt=healthy, lab=lab, project=session.project(healthy, lab)))
    assert "of-next-year" not in refused.value.message
    assert len(refused.value.message) <= MOST_LINE
