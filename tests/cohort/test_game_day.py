"""What teams' computers ask of a game day's server, and what a hostile one gets."""

from __future__ import annotations

import msgspec
import pytest
import requests
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kikori.cohort.client.connection import Refused, Server, Unreachable
from kikori.cohort.messages import Ahead, Consent, Moment, Step, TeamReport, Where
from kikori.cohort.server.rounds import Rounds
from kikori.web import Guard

from .conftest import Cohort, Door

LAB = "first-look"


@pytest.fixture
def rounds(cohort: Cohort) -> Rounds:
    return Rounds(cohort.store.engine)


def report(round_id: str = "", *moments: Moment) -> TeamReport:
    return TeamReport(lab=LAB, stage=Where.BROKEN, round=round_id, moments=moments)


def test_a_team_that_agreed_hears_of_the_fault_and_of_no_other_labs(cohort: Cohort, rounds: Rounds) -> None:
    (_, ada), (_, ben) = cohort.enrolled("ada"), cohort.enrolled("ben")
    ada.agree(Consent(lab=LAB))
    ben.agree(Consent(lab="silent-exit"))
    assert ada.report(report()) == Ahead()
    rounds.let_in(LAB, "half-edit")
    ahead = ada.report(report())
    assert (ahead.fault, len(ahead.round), 0 < ahead.seconds <= 10) == ("half-edit", 12, True)
    assert ben.report(TeamReport(lab="silent-exit", stage=Where.HEALTHY)) == Ahead()


def test_consent_is_taken_back(cohort: Cohort, rounds: Rounds) -> None:
    _, ada = cohort.enrolled("ada")
    ada.agree(Consent(lab=LAB))
    ada.withdraw()
    ada.withdraw()
    assert rounds.teams() == []
    with pytest.raises(Refused, match="take part in no game day") as refused:
        ada.report(report())
    assert refused.value.over


@pytest.mark.parametrize(("lab", "why"), [("no-such-lab", "no lab called"), ("tune-the-board", "nothing to break")])
def test_a_lab_in_which_nothing_can_be_broken_is_refused(cohort: Cohort, rounds: Rounds, lab: str, why: str) -> None:
    _, ada = cohort.enrolled("ada")
    with pytest.raises(Refused, match=why):
        ada.agree(Consent(lab=lab))
    assert rounds.teams() == []


def test_nobody_tells_of_a_round_that_was_none(cohort: Cohort, rounds: Rounds) -> None:
    _, ada = cohort.enrolled("ada")
    ada.agree(Consent(lab=LAB))
    with pytest.raises(Refused, match="no such round"):
        ada.report(report("0123456789ab", Moment(step=Step.FIXED, seconds=1.0)))
    rounds.let_in("silent-exit", "half-edit")
    with pytest.raises(Refused, match="no such round"):
        ada.report(report(rounds.rounds()[0].id, Moment(step=Step.FIXED, seconds=1.0)))
    assert rounds.moments() == []


@pytest.mark.parametrize(
    "answer",
    [
        {"round": "../../etc"},
        {"round": "0123456789ab", "seconds": 1e9},
        {"seconds": -1.0},
        {"fault": "x" * 81},
        {"fault": ["half-edit"]},
        {"run": "rm -rf ~"},
        "half-edit",
    ],
)
def test_a_server_that_answers_something_else_is_not_heard(cohort: Cohort, door: Door, answer: object) -> None:
    """Whoever holds the server may name a fault of a lab that was agreed to, and a moment that is near."""

    async def ask(request: Request) -> Response:
        return JSONResponse(answer)

    odd = Starlette(routes=[Route("/learner/game-day", ask, methods=["PUT"])])
    door.app = Guard(odd, token="x", hosts=cohort.at.hosts, free=["/learner/"])  # noqa: S106
    with pytest.raises(Unreachable, match="its answer can't be read"):
        Server(cohort.url, "x").report(report())


MOMENT = {"step": "noticed", "seconds": 1.0}


@pytest.mark.parametrize(
    "changed",
    [
        {"lab": "../../etc"},
        {"lab": "x" * 81},
        {"stage": "root"},
        {"problem": "x" * 501},
        {"problem": 3},
        {"round": "half-edit"},
        {"round": "0123456789ab\n"},
        {"round": "0" * 10**4},
        {"moments": [MOMENT] * 6},
        {"moments": [MOMENT | {"step": "won"}]},
        {"moments": [MOMENT | {"seconds": -1}]},
        {"moments": [MOMENT | {"seconds": 1e300}]},
        {"moments": [MOMENT | {"by": "magic"}]},
        {"moments": [MOMENT | {"orders": 0}]},
        {"moments": {"step": "noticed"}},
        {"name": "ben"},
    ],
)
def test_what_is_no_report_is_refused(cohort: Cohort, rounds: Rounds, changed: dict[str, object]) -> None:
    enrolled, ada = cohort.enrolled("ada")
    ada.agree(Consent(lab=LAB))
    body = msgspec.json.encode(msgspec.to_builtins(report()) | changed)
    headers = {"Authorization": f"Bearer {enrolled.token}"}
    said = requests.put(f"{cohort.url}/learner/game-day", data=body, headers=headers, timeout=10)
    assert said.status_code == 400
    assert (rounds.moments(), rounds.teams()[0].stage) == ([], Where.HEALTHY)


def test_a_problem_is_a_harmless_line(cohort: Cohort, rounds: Rounds) -> None:
    _, ada = cohort.enrolled("ada")
    ada.agree(Consent(lab=LAB))
    ada.report(TeamReport(lab=LAB, stage=Where.HEALTHY, problem="a\x1b[2J\u202e<b>"))
    assert rounds.teams()[0].problem == "a\ufffd[2J\ufffd<b>"
