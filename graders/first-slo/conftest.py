"""The month as the grader knows it, made from the attempt's own numbers and counted without a query."""

from __future__ import annotations

import json
import sys
import tomllib
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kikori.grading import Scene, eventually

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "labs" / "_images" / "month"))
from month import access_log
from month.first_slo import BROKEN, FLOWS, FirstSlo, Incident

PATIENCE = 50
MADE = 45  # seconds after a restart in which a full machine makes a month
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
MIDDLE = 15
"""The day at whose end the queries are asked a second time."""


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


class Truth:
    """What customers met."""

    PART = 40_000
    """Lines of the log that are counted a second time, alone."""

    def __init__(self, scene: Scene) -> None:
        self.month = FirstSlo(scene.params["past"], scene.params["month"])
        self.customers = [flow for flow in FLOWS if flow.agent == "person" and flow.route != "/healthz"]

    def ends(self) -> tuple[int, int]:
        """The ticks at whose end queries are asked: of the whole month, and of its first half."""
        return self.month.clock.ticks, self.month.clock.at(MIDDLE + 1, 0)

    def availability(self, begin: int, end: int) -> Events:
        """Requests of customers, and those that the shop failed."""
        valid = bad = 0
        for flow in self.customers:
            for code, row in self.month.flows[flow.name].items():
                some = sum(row[begin:end])
                valid += some
                bad += some if code in BROKEN else 0
        return Events(valid, bad)

    def latency(self, begin: int, end: int) -> Events:
        """Searches of customers that were answered, and those that took too long."""
        kept = self.month.search
        valid = sum(kept.count[begin:end])
        return Events(valid, valid - sum(kept.within["0.25"][begin:end]))

    def costliest(self) -> Incident:
        """The entry of the diary that took most of the budget."""
        return max(self.month.diary, key=lambda one: self.availability(one.trouble.begin, one.trouble.end).bad)

    def orders(self) -> tuple[Events, Events]:
        """Orders of customers on the log's day, and in the first lines of the log."""
        found = sorted(access_log.entries(self.month), key=lambda one: one.at)
        return _orders(found), _orders(found[: self.PART])

    def requests(self, service: str) -> int:
        """All requests that a service counted."""
        return sum(sum(map(sum, counts.values())) for counts in self.month.flows.values())


def _orders(entries: list[access_log.Entry]) -> Events:
    valid = [one for one in entries if one.flow.name == access_log.ORDER]
    bad = [one for one in valid if one.code in BROKEN or one.took >= access_log.PATIENT]
    return Events(len(valid), len(bad))


@pytest.fixture(scope="module")
def truth(scene: Scene) -> Truth:
    """What customers met in this attempt's month."""
    eventually(lambda: scene.get("history", "/month.json", 9091), lambda seen: seen.status == 200, MADE)
    return Truth(scene)


class Work:
    """What the learner wrote, and what it comes to."""

    def __init__(self, scene: Scene, truth: Truth) -> None:
        self.scene = scene
        self.slis = _table(scene.text("slo.toml"))
        self.answers = _table(scene.text("answers.toml"))
        clock = truth.month.clock
        self.times = [clock.time(tick) for tick in truth.ends()]
        self.found = self._ask(scene.text("rules.yml"))

    def sli(self, name: str) -> dict[str, Any]:
        """An SLI of slo.toml; empty where there is none."""
        found = (self.slis.get("sli") or {}).get(name)
        return found if isinstance(found, dict) else {}

    def queries(self, name: str) -> tuple[str, str]:
        """What counts the bad or the good events of an SLI, and what its valid ones."""
        kept = self.sli(name)
        return str(kept.get("bad") or kept.get("good") or ""), str(kept.get("valid") or "")

    def _ask(self, rules: str) -> dict[str, Any]:
        names = ("availability", "latency")
        instant = [{"query": query, "time": at} for name in names for at in self.times for query in self.queries(name)]
        return post(self.scene, {"rules": rules, "instant": instant})

    def counted(self, name: str, which: int) -> list[Any]:
        """Two answers, those of good or bad and of valid, at one of the times; or what is wrong with the rules."""
        if "error" in self.found:
            return [self.found, self.found]
        first = 4 * ("availability", "latency").index(name) + 2 * which
        return list(self.found["instant"][first : first + 2])


def _table(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


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
