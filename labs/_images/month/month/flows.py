"""Who asks for what, how it is answered, and what goes wrong."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple

from month.clock import Clock

Counts = dict[str, list[int]]
"""Answers in each tick, by status code."""
EVERYWHERE = ("",)
SELDOM = ("511", "520", "522", "529", "530")
"""Failures that stand on no list of the usual ones, and are failures all the same: other months have one of them."""


class Flow(NamedTuple):
    """One kind of request: who sends it, how often, and how it is usually answered."""

    agent: str
    method: str
    route: str
    a_minute: float
    main: str
    others: tuple[tuple[str, float], ...] = ()
    """Other codes with their usual shares; a code with 0 is seen in troubles alone."""
    steady: bool = False
    """Sent by a machine, at night as by day."""

    @property
    def name(self) -> str:
        """What tells it from the others."""
        return f"{self.agent} {self.method} {self.route}"

    @property
    def labels(self) -> dict[str, str]:
        """Its labels in the telemetry, without service and code."""
        return {"route": self.route, "method": self.method, "agent": self.agent}


class Trouble(NamedTuple):
    """Something that went wrong for a while."""

    kind: str
    begin: int
    ticks: int
    code: str
    share: float
    routes: tuple[str, ...] = EVERYWHERE
    agents: tuple[str, ...] = ("person", "bot")
    slow: float = 0.0
    """The share of what is answered at all that is answered slowly."""
    pause: int = 0
    """It goes on for so many ticks and rests for as many, again and again; 0: it does not rest."""

    def met_at(self) -> Iterator[int]:
        """The ticks at which it is met."""
        return (
            tick for tick in range(self.begin, self.end) if not self.pause or (tick - self.begin) // self.pause % 2 == 0
        )

    @property
    def end(self) -> int:
        """The first tick after it."""
        return self.begin + self.ticks

    def meets(self, flow: Flow) -> bool:
        """Whether requests of this kind meet it."""
        return flow.agent in self.agents and (self.routes == EVERYWHERE or flow.route in self.routes)


def counts(flow: Flow, clock: Clock, busy: list[float], troubles: Iterable[Trouble], seed: str) -> Counts:
    """How many requests of a kind were answered with which code, in each tick.

    As many numbers are drawn in each tick whatever happens in it, so a change in one place changes nothing elsewhere.
    """
    draw = Random(f"{seed} {flow.name}").random  # noqa: S311  # no secret: the same month again is what is wanted
    codes = [code for code, _ in flow.others]
    usual = [share for _, share in flow.others]
    worse = _worse(flow, troubles)
    mean = flow.a_minute * clock.tick / 60
    found: Counts = {code: [] for code in (flow.main, *codes)}
    rows = [found[code] for code in codes]
    good, sqrt = found[flow.main], math.sqrt
    for tick in range(clock.ticks):
        wanted = mean if flow.steady else mean * busy[tick]
        noise = 0.0 if flow.steady else sqrt(wanted) * (draw() + draw() + draw() - 1.5) * 2
        asked = left = max(0, int(wanted + noise + draw()))
        for row, share in zip(rows, worse.get(tick, usual), strict=True):
            some = min(left, int(asked * share + draw()))
            row.append(some)
            left -= some
        good.append(left)
    return found


def _worse(flow: Flow, troubles: Iterable[Trouble]) -> dict[int, list[float]]:
    """The shares of the other codes in the ticks of the troubles that this kind meets."""
    found: dict[int, list[float]] = {}
    for trouble in troubles:
        if trouble.meets(flow) and trouble.share:
            more = [trouble.share if code == trouble.code else 0.0 for code, _ in flow.others]
            for tick in trouble.met_at():
                now = found.get(tick, [share for _, share in flow.others])
                found[tick] = [one + other for one, other in zip(now, more, strict=True)]
    return found


def slowness(flow: Flow, troubles: Iterable[Trouble]) -> dict[int, float]:
    """The share of slow answers in the ticks of the troubles that this kind meets."""
    return {
        tick: trouble.slow
        for trouble in troubles
        if trouble.meets(flow) and trouble.slow
        for tick in range(trouble.begin, trouble.end)
    }
