"""What the plots show: the models in labs/ from which the labs make their own telemetry, with fixed seeds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from kikori import paths

MONTH = "labs/_images/month"
NIGHTS = "labs/quiet-pager/images/shop/nights"
SEED = "7"
WHEN = "2026-04"


@contextmanager
def _importing(folder: str) -> Iterator[None]:
    """Import from a lab's folder, and leave no trace of it: names such as ``model`` are anybody's."""
    before, path = set(sys.modules), str(paths.ROOT / folder)
    sys.path.insert(0, path)
    try:
        yield
    finally:
        sys.path.remove(path)
        for name in set(sys.modules) - before:
            if (getattr(sys.modules[name], "__file__", None) or "").startswith(path):
                del sys.modules[name]


class Trouble(NamedTuple):
    """Something that went wrong, in minutes since the month began."""

    kind: str
    begin: float
    end: float


class Month(NamedTuple):
    """What customers asked for and what failed of it, tick by tick and in sum."""

    tick: float
    """Minutes."""
    valid: list[int]
    bad: list[int]
    troubles: tuple[Trouble, ...]
    may_fail: float
    """The share that the objective allows."""

    def total(self, which: str, begin: float, end: float) -> float:
        """How many between two minutes; parts of a tick count as parts."""
        sums = _sums(tuple(self.valid if which == "valid" else self.bad))
        return _at(sums, end / self.tick) - _at(sums, begin / self.tick)

    def failing(self, begin: float, end: float) -> float:
        """The share that failed between two minutes."""
        return self.total("bad", begin, end) / max(1.0, self.total("valid", begin, end))

    def burn(self, minute: float, window: float) -> float:
        """The burn rate at a minute, seen through a window."""
        return self.failing(minute - window, minute) / self.may_fail

    def spent(self, begin: float, end: float) -> float:
        """The share of the month's budget that went between two minutes."""
        return self.total("bad", begin, end) / (self.may_fail * sum(self.valid))


@cache
def _sums(row: tuple[int, ...]) -> list[int]:
    return [0, *accumulate(row)]


def _at(sums: list[int], place: float) -> float:
    place = min(max(place, 0.0), len(sums) - 1.0)
    before = int(place)
    after = min(before + 1, len(sums) - 1)
    return sums[before] + (sums[after] - sums[before]) * (place - before)


@cache
def first_slo() -> Month:
    """The month of the lab first-slo, with its objective of availability."""
    with _importing(MONTH):
        module = import_module("month.first_slo")
        month = module.FirstSlo(SEED, WHEN)
        mine = [month.flows[flow.name] for flow in month.customers]
    valid = _added(row for flow in mine for row in flow.values())
    bad = _added(row for flow in mine for code, row in flow.items() if module.broken(code))
    return _month(month, valid, bad, 0.005)


@cache
def burn_rate() -> Month:
    """The month of the lab burn-rate."""
    with _importing(MONTH):
        module = import_module("month.burn_rate")
        month = module.BurnRate(SEED, WHEN)
        valid, bad = month.customers
    return _month(month, valid, bad, 1 - module.OBJECTIVE)


def _month(month: Any, valid: list[int], bad: list[int], may_fail: float) -> Month:
    tick = month.clock.tick / 60
    seen = (incident.trouble for incident in month.diary)
    troubles = tuple(Trouble(one.kind, one.begin * tick, one.end * tick) for one in seen)
    return Month(tick, valid, bad, troubles, may_fail)


def _added(rows: Iterator[list[int]]) -> list[int]:
    return [sum(some) for some in zip(*rows, strict=True)]


class Minute(NamedTuple):
    """A minute of a night: how busy the application's processors are, and the share of orders that fail."""

    cpu: float
    failing: float


@cache
def night(name: str) -> list[Minute]:
    """A night of the lab quiet-pager, minute by minute."""
    with _importing(NIGHTS):
        nights = import_module("nights")
        seen = list(nights.Night(name, SEED).series())
    a_minute = 60 // nights.STEP
    ends = [_counters(one) for one in seen[::a_minute]]
    return [_minute(before, after) for before, after in pairwise(ends)]


def _counters(seen: dict[Any, float]) -> dict[str, float]:
    """What is needed of a scrape: processor time of one host, and orders by code."""
    found = dict.fromkeys(("idle", "all", "200", "503"), 0.0)
    for ((job, instance), name, labels), value in seen.items():
        said = dict(labels)
        if job == "node" and instance.startswith("app:") and name == "node_cpu_seconds_total":
            found["all"] += value
            found["idle"] += value if said["mode"] == "idle" else 0.0
        if job == "front" and name == "http_requests_total" and said["route"] == "/orders" and said["code"] != "404":
            found[said["code"]] += value
    return found


def _minute(before: dict[str, float], after: dict[str, float]) -> Minute:
    more = {name: after[name] - before[name] for name in after}
    asked = more["200"] + more["503"]
    return Minute(1 - more["idle"] / more["all"], more["503"] / asked)
