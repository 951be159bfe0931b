"""The weeks that a check of burn-rate draws. No Docker needed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate, pairwise
from typing import Any

import pytest

from kikori import paths
from lab_modules import STANDS_ON, Import, modules_of

pytestmark = pytest.mark.stands_on("burn-rate", code=STANDS_ON)
PLACES = ("labs/_images/month", "labs/burn-rate/images/history")
SEEDS = ("1", "2", "3")
Window = tuple[int, float]
"""Minutes, and what is too much in them: a burn rate, or a share of the budget."""
PAIRS: tuple[tuple[str, Window, Window], ...] = (
    ("page", (60, 14.4), (5, 14.4)),
    ("page", (360, 6), (30, 6)),
    ("ticket", (4320, 1), (360, 1)),
)
SHARES: tuple[tuple[str, Window, Window], ...] = (
    ("page", (60, 0.02), (5, 0.0005)),
    ("page", (360, 0.053), (30, 0.003)),
    ("ticket", (4320, 0.1), (360, 0.007)),
)


@pytest.fixture
def load() -> Iterator[Import]:
    with modules_of(*(paths.ROOT / place for place in PLACES)) as load:
        yield load


def increases(row: list[int], minutes: int) -> list[int]:
    """How much came in the last minutes, at the beginning of each and at the end of the last."""
    summed = [0, *accumulate(row)]
    return [some - summed[max(0, at - minutes)] for at, some in enumerate(summed)]


def over(counted: tuple[list[int], list[int]], window: Window, *, shares: bool) -> list[bool]:
    """Whether too much failed in a window: for what was asked in it, or for a month of days such as the last."""
    minutes, much = window
    asked = [30 * some for some in increases(counted[0], 1440)] if shares else increases(counted[0], minutes)
    return [failed > much * 0.001 * of for failed, of in zip(increases(counted[1], minutes), asked, strict=True)]


def called(weeks: Any, pairs: tuple[tuple[str, Window, Window], ...]) -> list[dict[str, Any]]:
    """The alerts of pairs of windows, as the history tells them."""
    found: list[dict[str, Any]] = []
    for severity, *windows in pairs:
        rows = [over(weeks.customers, one, shares=pairs is SHARES) for one in windows]
        both = [False, *(all(some) for some in zip(*rows, strict=True)), False]
        edges = [at for at, (before, now) in enumerate(pairwise(both)) if before != now]
        for begin, end in zip(edges[::2], edges[1::2], strict=True):
            times = {"begin": weeks.clock.time(begin), "end": min(weeks.clock.end, weeks.clock.time(end))}
            found.append({"labels": {"severity": severity}, **times})
    return found


@pytest.mark.slow
@pytest.mark.parametrize("pairs", [PAIRS, SHARES], ids=["burn rates", "shares of the budget"])
@pytest.mark.parametrize("seed", SEEDS)
def test_right_rules_are_right_in_any_weeks(load: Import, seed: str, pairs: Any) -> None:
    weeks, judge = load("weeks.drawn").Weeks(seed), load("month.judge")
    alerts = called(weeks, pairs)
    for severity in ("page", "ticket"):
        judgement = judge.judge(weeks, alerts, severity)
        assert not judgement.noise
        late = [one for one in judgement.met if one.called is None or one.called > judge.SOON[one.incident.calls_for]]
        assert not late
        assert not [one for one in judgement.met if one.stopped > judge.STOPS[severity]]


@pytest.mark.parametrize("seed", SEEDS)
def test_somebody_is_paged_on_every_weekday_and_around_the_clock(load: Import, seed: str) -> None:
    weeks = load("weeks.drawn").Weeks(seed)
    begins = [
        datetime.fromtimestamp(weeks.clock.time(one.trouble.begin), UTC)
        for one in weeks.diary
        if one.calls_for == "page soon"
    ]
    assert {one.weekday() for one in begins} == set(range(7))
    assert {one.hour // 3 for one in begins} == set(range(8))
    assert all(one.hour * 60 + one.minute <= 23 * 60 + 29 for one in begins), "muted until midnight it would do"


@pytest.mark.parametrize("seed", SEEDS)
def test_either_route_fails_alone_for_all_that_is_called_for(load: Import, seed: str) -> None:
    weeks = load("weeks.drawn").Weeks(seed)
    assert weeks.part[weeks.small] < 0.2
    for kind in ("page soon", "page"):
        alone = {one.trouble.routes for one in weeks.diary if one.calls_for == kind and len(one.trouble.routes) == 1}
        assert alone == {("/cart",), ("/orders",)}
    tickets = {one.trouble.routes for one in weeks.diary if one.calls_for == "ticket"}
    assert tickets == {("/cart",), ("/orders",)}
    assert (weeks.small,) in {one.trouble.routes for one in weeks.diary if one.calls_for == "neither"}


@pytest.mark.slow
def test_counters_begin_anew_in_each_trouble_and_for_one_route_alone(load: Import) -> None:
    weeks = load("weeks.drawn").Weeks("4")
    text = io.StringIO()
    weeks.write(text)
    fell: dict[str, set[int]] = {"/cart": set(), "/orders": set()}
    before = ("", 0)
    for line in text.getvalue().splitlines():
        if not line.startswith("#") and 'agent="person"' in line:
            name, value, at = line.rsplit(" ", 2)
            for route in fell:
                if before[0] == name and int(value) < before[1] and f'route="{route}"' in name:
                    fell[route].add((int(at) - weeks.clock.start) // weeks.clock.tick)
            before = (name, int(value))
    for one in weeks.diary[:-1]:
        if one.calls_for != "neither":
            within = range(one.trouble.begin - 4, one.trouble.end + 2)
            assert any(at in within for some in fell.values() for at in some), one
    assert fell["/cart"] - fell["/orders"]
    assert fell["/orders"] - fell["/cart"]


def test_an_outage_goes_on_until_the_end(load: Import) -> None:
    weeks = load("weeks.drawn").Weeks("5")
    assert max(one.trouble.end for one in weeks.diary if one.calls_for == "page soon") >= weeks.clock.ticks - 1
