"""The month as the grader knows it, made from the attempt's own numbers and counted without a query."""

from __future__ import annotations

import io
import json
import tomllib
import urllib.request
from functools import cached_property
from typing import Any, NamedTuple

import pytest
from month import access_log
from month.drawn_slo import DrawnSlo
from month.first_slo import FirstSlo, Incident, broken

from kikori.grading import Scene, eventually, reasons

reason = reasons(__file__)

PATIENCE = 80  # another month has to be made first
MADE = 45  # seconds after a restart in which a full machine makes a month
WHOLE = "/srv/log/.whole"
"""Lies there when the log of the day has come."""
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
MIDDLE = 15
"""The day at whose end the queries are asked a second time."""
ASKED = ("availability", "latency")
"""The SLIs that are queries."""


class Events(NamedTuple):
    """How many there were, and how many of them were bad."""

    valid: int
    bad: int

    @property
    def sli(self) -> float:
        """In percent."""
        return 100 * (1 - self.bad / self.valid)

    def left(self, objective: float) -> float:
        """How many more bad ones the objective would have allowed."""
        return self.valid * (1 - objective / 100) - self.bad


def availability(month: FirstSlo, begin: int, end: int) -> Events:
    """Requests of customers between two ticks, and those that the shop failed."""
    valid = bad = 0
    for flow in month.customers:
        for code, row in month.flows[flow.name].items():
            some = sum(row[begin:end])
            valid += some
            bad += some if broken(code) else 0
    return Events(valid, bad)


def latency(month: FirstSlo, begin: int, end: int) -> Events:
    """Searches of customers that were answered between two ticks, and those that took too long."""
    valid = sum(month.search.count[begin:end])
    return Events(valid, valid - sum(month.search.within["0.25"][begin:end]))


class Truth:
    """What customers met."""

    def __init__(self, scene: Scene) -> None:
        self.month = FirstSlo(scene.params["past"], scene.params["month"])

    def events(self, name: str) -> Events:
        """Count an SLI's events, as at the end of the month."""
        whole = (self.month, 0, self.month.clock.ticks)
        return {"availability": availability(*whole), "latency": latency(*whole), "orders": self.orders}[name]

    def costliest(self) -> Incident:
        """The entry of the diary that took most of the budget."""
        month = self.month
        return max(month.diary, key=lambda one: availability(month, one.trouble.begin, one.trouble.end).bad)

    @cached_property
    def log(self) -> str:
        """The access log of the day, as the front wrote it."""
        written = io.StringIO()
        access_log.write(self.month, written)
        return written.getvalue()

    @cached_property
    def orders(self) -> Events:
        """Orders of customers on the log's day."""
        valid = [one for one in access_log.entries(self.month) if one.flow.name == access_log.ORDER]
        return Events(len(valid), sum(broken(one.code) or one.took >= access_log.PATIENT for one in valid))

    def requests(self, service: str) -> int:
        """All requests that a service counted."""
        return sum(sum(map(sum, counts.values())) for counts in self.month.flows.values())


@pytest.fixture(scope="module")
def truth(scene: Scene) -> Truth:
    """What customers met in this attempt's month."""
    eventually(lambda: scene.get("history", "/month.json", 9091), lambda seen: seen.status == 200, MADE)
    return Truth(scene)


@pytest.fixture(scope="module")
def log(scene: Scene) -> None:
    """Wait until the log of the day has come from the history, which makes it first."""
    eventually(lambda: scene.sidecar("desk").read(WHOLE) is not None, bool, MADE)


class Moment(NamedTuple):
    """A time at which queries are asked, and the thirty days before it, or what there is of them."""

    where: str
    begin: int
    end: int


class Asked:
    """A month, and what the learner's queries come to in it."""

    def __init__(self, month: FirstSlo, moments: tuple[Moment, ...], found: dict[str, Any]) -> None:
        self.month = month
        self.moments = moments
        self.found = found

    def truly(self, name: str, which: int) -> Events:
        """What an SLI would have counted at one of the moments."""
        moment = self.moments[which]
        return {"availability": availability, "latency": latency}[name](self.month, moment.begin, moment.end)

    def counted(self, name: str, which: int) -> list[Any]:
        """Two answers, those of good or bad and of valid, at one of the moments."""
        first = 2 * (len(self.moments) * ASKED.index(name) + which)
        return list(self.found["instant"][first : first + 2])


class Work:
    """What the learner wrote, and what it comes to."""

    def __init__(self, scene: Scene, truth: Truth) -> None:
        self.scene = scene
        self.truth = truth

    @cached_property
    def slis(self) -> dict[str, Any]:
        """The learner's slo.toml."""
        return table(self.scene, "slo.toml")

    @cached_property
    def answers(self) -> dict[str, Any]:
        """The learner's answers.toml."""
        return table(self.scene, "answers.toml")

    def sli(self, name: str) -> dict[str, Any]:
        """An SLI of slo.toml; empty where there is none."""
        return _part(_part(self.slis, "sli"), name)

    def told(self, name: str) -> dict[str, Any]:
        """Give what is answered of an SLI; empty where that is nothing."""
        return _part(self.answers, name)

    def counts_bad(self, name: str) -> bool:
        """Tell whether an SLI counts its bad events, not the good ones."""
        return bool(self.sli(name).get("bad"))

    def queries(self, name: str) -> tuple[str, str]:
        """What counts the bad or the good events of an SLI, and what its valid ones."""
        kept = self.sli(name)
        return str(kept.get("bad") or kept.get("good") or ""), str(kept.get("valid") or "")

    @cached_property
    def known(self) -> Asked:
        """The month that the learner knows; its telemetry begins with it."""
        month = self.truth.month
        at_end = Moment(reason("known"), 0, month.clock.ticks)
        midway = Moment(reason("known-2"), 0, month.clock.at(MIDDLE + 1, 0))
        return self._ask(month, (at_end, midway))

    @cached_property
    def another(self) -> Asked:
        """Another month of the shop, drawn; its telemetry goes further back than the thirty days."""
        seed = str(self.scene.draw("month").getrandbits(64))
        month = DrawnSlo(seed)
        at_end, before = month.ends()
        first = Moment(reason("another"), *at_end)
        second = Moment(reason("another-2"), *before)
        return self._ask(month, (first, second), drawn=seed)

    def _ask(self, month: FirstSlo, moments: tuple[Moment, ...], **more: str) -> Asked:
        times = [month.clock.time(one.end) for one in moments]
        instant = [{"query": query, "time": at} for name in ASKED for at in times for query in self.queries(name)]
        asked = {"rules": self.scene.text("rules.yml"), "instant": instant, **more}
        return Asked(month, moments, post(self.scene, asked))


def table(scene: Scene, name: str) -> dict[str, Any]:
    """Read a TOML file of the learner's."""
    try:
        return tomllib.loads(scene.text(name))
    except tomllib.TOMLDecodeError as problem:
        error = str(problem)
    pytest.fail(reason("no-toml", name=name, error=error))


def _part(whole: dict[str, Any], name: str) -> dict[str, Any]:
    """Take a table out of a table; empty where there is none."""
    found = whole.get(name)
    return found if isinstance(found, dict) else {}


def post(scene: Scene, asked: dict[str, Any]) -> dict[str, Any]:
    """Have the history run rules and queries over the month."""
    address = scene.address("history", 9091)
    data = json.dumps(asked).encode()
    with DIRECT.open(f"http://{address}/replay", data, timeout=PATIENCE) as answer:
        return dict(json.load(answer))


@pytest.fixture(scope="module")
def work(scene: Scene, truth: Truth) -> Work:
    """What the learner wrote, asked once of the month for all checks."""
    return Work(scene, truth)
