"""A game day of three teams on one computer, each with a home of its own, from the consent to the last table."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from homes import Home, done, homes
from kikori.attempts import since_last_break
from kikori.model import Event, Stage
from kikori.web import unused_port
from terminal_user import FIX

from .conftest import Served, until
from .test_game_page import rows

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("first-look")]

LAB = "first-look"
PATIENCE = 180.0
"""Seconds in which every team's computer makes its lab healthy and puts a fault in."""
APART = 5.0
"""Seconds between the first team's moment and the last one's, at most."""


@pytest.fixture(autouse=True)
def no_engine(own_places: Path) -> None:
    """Here an engine does answer, other than in the tests beside this one."""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Callable[[str], Home]]:
    with homes(tmp_path) as make:
        yield make


class Instructor:
    """The page, used by an instructor whose computer may be started anew."""

    def __init__(self, state: Path) -> None:
        self.state, self.port = state, str(unused_port())
        self.serve()

    def serve(self) -> None:
        self.served = Served(self.state, "--port", self.port)
        self.headers = {"Authorization": f"Bearer {self.served.page.rpartition('=')[2]}"}

    def killed(self) -> None:
        self.served.process.kill()
        self.served.process.wait(10)

    def page(self, path: str = "", **form: str) -> str:
        method = "POST" if path else "GET"
        url = f"http://127.0.0.1:{self.port}/game-day{path}"
        return requests.request(method, url, data=form, headers=self.headers, timeout=20).text

    def steps(self, section: str = "open") -> dict[str, list[bool]]:
        """Who came to which step: the fault is in, noticed, declared, bleeding stopped, fixed."""
        return {row[0]: [cell != "–" for cell in row[1:]] for row in rows(self.page(), section)}

    def has(self, section: str = "open", **wanted: str) -> bool:
        """Whether each team has come so far: ``x`` for each step that was reached."""
        found = self.steps(section)
        return found == {name: [sign == "x" for sign in signs] for name, signs in wanted.items()}


@pytest.fixture
def instructor(tmp_path: Path) -> Iterator[Instructor]:
    made = Instructor(tmp_path / "instructor")
    yield made
    made.killed()


@pytest.fixture
def teams(home: Callable[[str], Home], instructor: Instructor) -> dict[str, Home]:
    """Three teams that joined and look at a healthy lab."""
    found = {name: home(name) for name in ("ada", "ben", "cy")}
    for one in found.values():
        done(one("cohort", "join", "--yes", stdin=f"{instructor.served.join}\n"))
        done(one("start", LAB))
    return found


@pytest.fixture
def played(teams: dict[str, Home]) -> Iterator[dict[str, subprocess.Popen[str]]]:
    """The terminals in which the teams take part."""
    found = {name: one.begin("cohort", "game-day", "--yes") for name, one in teams.items()}
    yield found
    for one in found.values():
        one.kill()
        one.communicate()


def the_break(team: Home) -> Event:
    (attempt,) = team.attempts()
    return since_last_break(team.store.events(attempt))[0]


def all_met(teams: dict[str, Home], fault: str) -> None:
    """Each team met that fault, at the same moment: when it began to be put in."""
    begins = [event.at - float(event.detail["seconds"] or 0) for event in map(the_break, teams.values())]
    assert max(begins) - min(begins) < APART
    assert [(one.stage, one.fault) for team in teams.values() for one in team.attempts()] == [
        (Stage.BROKEN, fault)
    ] * len(teams)


def test_a_game_day_of_three_teams_runs(
    teams: dict[str, Home], instructor: Instructor, played: dict[str, subprocess.Popen[str]]
) -> None:
    until(lambda: "(teams: 3)" in instructor.page(), 60)
    instructor.page("/let-in", lab=LAB, fault="missing-page")
    assert "Not let in" in instructor.page("/let-in", lab=LAB, fault="closed-page")
    until(lambda: instructor.has(ada="x----", ben="x----", cy="x----"), PATIENCE)
    all_met(teams, "missing-page")

    ada, ben = teams["ada"], teams["ben"]
    done(ada("incident", "noticed", "no timetable"))
    done(ada("incident", "declare", "--severity", "2", "no timetable"))
    until(lambda: instructor.has(ada="xxx--", ben="x----", cy="x----"), 60)

    played["ben"].kill()
    played["ben"].communicate()
    instructor.killed()
    done(ben("incident", "declare", "--severity", "2", "no timetable"))
    done(ben("incident", "stop-gap", "a sheet of paper", "--risk", "old times", "--until", "the page is back"))
    done(ada("shell", "--", "sh", "-c", FIX))
    done(ada("check"))
    instructor.serve()
    played["ben"] = ben.begin("cohort", "game-day")
    until(lambda: instructor.has(ada="xxxxx", ben="xxxx-", cy="x----"), 60)
    assert [one.stage for one in ben.attempts()] == [Stage.BROKEN], "whoever comes back meets no second fault"
    assert the_break(ben).detail["fault"] == "missing-page"

    instructor.page("/rounds/1/end")
    assert instructor.has("round-1", ada="xxxxx", ben="xxxx-", cy="x----")
    instructor.page("/close")
    for one in played.values():
        out, errors = one.communicate(timeout=60)
        assert one.returncode == 0, out + errors
        assert "The game day is over." in out
        assert "missing-page" not in out + errors
    assert instructor.has("round-1", ada="xxxxx", ben="xxxx-", cy="x----")


def test_a_lab_that_is_not_healthy_is_reset_first_and_a_busy_one_waited_for(
    teams: dict[str, Home], instructor: Instructor, played: dict[str, subprocess.Popen[str]]
) -> None:
    done(teams["ben"]("break", "--fault", "half-edit"))
    done(teams["ada"]("pause"))
    until(lambda: "(teams: 3)" in instructor.page(), 60)
    with teams["cy"].store.hold(LAB):
        instructor.page("/let-in", lab=LAB, fault="missing-page")
        until(lambda: "is at work on first-look" in instructor.page(), 60)
        until(lambda: "first-look is paused" in instructor.page(), 60)
        until(lambda: instructor.has(ada="-----", ben="x----", cy="-----"), PATIENCE)
    done(teams["ada"]("resume"))
    until(lambda: instructor.has(ada="x----", ben="x----", cy="x----"), PATIENCE)
    assert {the_break(one).detail["fault"] for one in teams.values()} == {"missing-page"}
    until(lambda: "The fault is not in" not in instructor.page(), 60)
    played["cy"].send_signal(signal.SIGTERM)
    done(teams["cy"]("cohort", "game-day", "--leave"))
    done(teams["cy"]("reset"))
    assert [one.stage for one in teams["cy"].attempts()] == [Stage.HEALTHY]
    until(lambda: "Teams that agreed (2)" in instructor.page(), 60)
