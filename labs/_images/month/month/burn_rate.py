"""The month of the lab burn-rate: a shop that sells seeds, its checkout, and all that went wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from random import Random
from typing import NamedTuple, TextIO

from month.clock import DAYS, Clock
from month.flows import Counts, Flow, Trouble, counts
from month.openmetrics import Writer

TICK = 60
OBJECTIVE = 0.999
FLOWS = (
    Flow("person", "POST", "/cart", 60, "200", (("409", 0.02), ("500", 0.00012), ("503", 0))),
    Flow("person", "POST", "/orders", 40, "201", (("402", 0.04), ("500", 0.00012), ("503", 0))),
    Flow("bot", "POST", "/cart", 15, "403", (("503", 0.0002),), steady=True),
    Flow("person", "GET", "/healthz", 60, "200", (("503", 0.0001),), steady=True),
)
"""The balancer asks each of ten processes ten times a minute, and has no name that the checkout knows."""
SPOTLESS = 12
"""Hours from the beginning in which nobody is refused: no window is full yet, one failure would be a great share."""
PAGE_SOON, PAGE, TICKET = "page soon", "page", "ticket"
NEITHER = "neither"


class Incident(NamedTuple):
    """A line of the diary, with what it asks for: a page, a ticket or nothing."""

    name: str
    trouble: Trouble
    calls_for: str


def _spotless(flow: Flow, answers: Counts, ticks: int) -> None:
    """Let the first ticks have no failures."""
    for code, row in answers.items():
        if code.startswith("5"):
            for tick in range(ticks):
                answers[flow.main][tick] += row[tick]
                row[tick] = 0


class BurnRate:
    """The month, told twice: as telemetry, and as what customers met."""

    kinds = FLOWS

    def __init__(self, seed: str, month: str) -> None:
        self.seed = seed
        self.clock = Clock.of(month, TICK)
        self.draw = Random(f"{seed} burn-rate").random  # noqa: S311

    @cached_property
    def busy(self) -> list[float]:
        """How busy each tick is; on the day of the spring catalogue three times as busy."""
        usual = self.clock.busy()
        day = self.sale
        crowd = range(self.clock.at(day, 0), self.clock.at(day + 1, 0))
        return [value * (3 if tick in crowd else 1) for tick, value in enumerate(usual)]

    @property
    def sale(self) -> int:
        """The day on which everybody buys, and nothing goes wrong."""
        return 29

    @cached_property
    def diary(self) -> tuple[Incident, ...]:
        """What went wrong, by time, with letters."""
        ordered = sorted(self._troubles(), key=lambda one: one[1].begin)
        return tuple(Incident(f"{number:02}", one, calls) for number, (calls, one) in enumerate(ordered, 1))

    def _troubles(self) -> Iterator[tuple[str, Trouble]]:
        """A week has one great trouble; small ones lie where none of these is still felt."""
        great = sorted(range(4), key=lambda _: self.draw())
        for week, kind in enumerate(great):
            first = 2 + 7 * week
            yield from (self._outage, self._night, self._limping, self._leak)[kind](first)
            yield from self._small(first + 4 + int(self.draw() * 2), kind)

    def _trouble(self, kind: str, day: int, hour: float, minutes: float, share: float, **more: object) -> Trouble:
        begin = self.clock.at(day, 60 * (hour + self.draw()))
        lasts = self.clock.ticks_of(minutes * (0.92 + 0.16 * self.draw()))
        where: dict[str, object] = {"routes": ("/cart", "/orders"), "agents": ("person",)} | more
        return Trouble(kind, begin, lasts, "503", share, **where)  # type: ignore[arg-type]

    def _outage(self, day: int) -> Iterator[tuple[str, Trouble]]:
        yield PAGE_SOON, self._trouble("outage", day, 13, 14, 0.95)

    def _night(self, day: int) -> Iterator[tuple[str, Trouble]]:
        yield PAGE_SOON, self._trouble("night", day, 2, 50, 0.6)

    def _limping(self, day: int) -> Iterator[tuple[str, Trouble]]:
        yield PAGE_SOON, self._trouble("declined", day, 12, 100, 0.05)
        yield PAGE, self._trouble("limping", day + 2, 9, 9 * 60, 0.0095)

    def _leak(self, day: int) -> Iterator[tuple[str, Trouble]]:
        yield TICKET, self._trouble("leak", day, 0, 60 * 76, 0.0026)

    def _small(self, day: int, after: int) -> Iterator[tuple[str, Trouble]]:
        """Blips of a deploy, and what customers never see."""
        yield NEITHER, self._trouble("deploy", day, 10, 2, 0.18)
        yield NEITHER, self._trouble("deploy", day, 21.5, 2, 0.18)
        if after == 0:
            yield NEITHER, self._trouble("drained", day, 4, 45, 0.9, routes=("/healthz",))
        if after == 1:
            yield NEITHER, self._trouble("bots", day, 15, 120, 0.6, agents=("bot",))

    @property
    def restarts(self) -> list[int]:
        """A deploy starts the processes anew, and their counters with them."""
        return [one.trouble.begin - 3 for one in self.diary if one.trouble.kind == "deploy"]

    @cached_property
    def flows(self) -> dict[str, Counts]:
        """All requests, by kind."""
        troubles = [one.trouble for one in self.diary]
        found = {flow.name: counts(flow, self.clock, self.busy, troubles, self.seed) for flow in self.kinds}
        for flow in self.kinds:
            _spotless(flow, found[flow.name], self.clock.ticks_of(SPOTLESS * 60))
        return found

    @cached_property
    def customers(self) -> tuple[list[int], list[int]]:
        """What customers asked for in each tick, and what failed of it by the shop's fault."""
        asked = [one for one in self.kinds if one.agent == "person" and one.route != "/healthz"]
        mine = [self.flows[flow.name] for flow in asked]
        valid = [sum(some) for some in zip(*(row for one in mine for row in one.values()), strict=True)]
        failed = [row for one in mine for code, row in one.items() if code.startswith("5")]
        bad = [sum(some) for some in zip(*failed, strict=True)]
        return valid, bad

    @property
    def budget(self) -> float:
        """How many requests may fail in thirty days."""
        return sum(self.customers[0]) * (1 - OBJECTIVE) * DAYS / self.clock.days

    def burnt(self, begin: int, end: int) -> float:
        """The share of the budget that went between two ticks."""
        return sum(self.customers[1][max(0, begin) : end]) / self.budget

    def write(self, to: TextIO) -> None:
        """The month's telemetry."""
        out = Writer(to, self.clock, self.restarts)
        out.family("http_requests", "counter")
        for flow in self.kinds:
            for code, row in self.flows[flow.name].items():
                out.counter("http_requests_total", {"service": "checkout", **flow.labels, "code": code}, row)
        out.end()
