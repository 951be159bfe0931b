"""The months of the labs first-slo and burn-rate, and those drawn for checks. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import pytest

from kikori import paths
from lab_modules import Import, modules_of

MONTH = paths.ROOT / "labs" / "_images" / "month"
BY_CHANCE = ("1001", "1006", "1008", "1028", "1046")
"""Pasts in which one failure of the first minutes was more than a thousandth of all that had been asked."""


@pytest.fixture
def month() -> Iterator[Import]:
    with modules_of(MONTH) as load:
        yield lambda name: load(f"month.{name}")


@pytest.mark.slow
@pytest.mark.parametrize("past", BY_CHANCE)
def test_no_window_is_over_the_objective_before_the_first_trouble(month: Import, past: str) -> None:
    known = month("burn_rate").BurnRate(past, "2025-09")
    first = min(one.trouble.begin for one in known.diary)
    valid, bad = known.customers
    asked, failed = accumulate(valid[:first]), accumulate(bad[:first])
    over = [tick for tick, (all_, some) in enumerate(zip(asked, failed, strict=True)) if some > 0.001 * all_]
    assert sum(bad[:first]) > 0, "nothing fails at all: the test shows nothing"
    assert not over


PAIRS = (("page", 14.4, 60, 5), ("page", 6, 360, 30), ("ticket", 1, 4320, 360))
"""The pairs of windows of every book, in minutes: severity, burn rate, long and short window."""


def over(counted: tuple[list[int], list[int]], minutes: int, burn: float) -> list[bool]:
    """Whether the last minutes burnt the budget faster, at the beginning of each minute and at the end of the last."""
    asked, failed = ([0, *accumulate(row)] for row in counted)
    since = [max(0, at - minutes) for at in range(len(asked))]
    return [failed[at] - failed[ago] > burn * 0.001 * (asked[at] - asked[ago]) for at, ago in enumerate(since)]


def called(known: Any) -> list[dict[str, Any]]:
    """The alerts of the pairs, as the history tells them."""
    found: list[dict[str, Any]] = []
    for severity, burn, *windows in PAIRS:
        both = [all(some) for some in zip(*(over(known.customers, one, burn) for one in windows), strict=True)]
        begins = [at for at, on in enumerate(both) if on and (at == 0 or not both[at - 1])]
        for begin in begins:
            end = next((at for at in range(begin, len(both)) if not both[at]), len(both) - 1)
            times = {"begin": known.clock.time(begin), "end": known.clock.time(end)}
            found.append({"labels": {"severity": severity}, **times})
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "2", "3", "4"])
def test_the_pairs_of_every_book_are_right_in_any_drawn_weeks(month: Import, seed: str) -> None:
    weeks, judge = month("drawn_burn").DrawnBurn(seed), month("judge")
    alerts = called(weeks)
    for severity in ("page", "ticket"):
        judgement = judge.judge(weeks, alerts, severity)
        assert not judgement.noise
        late = [one for one in judgement.met if one.called is None or one.called > judge.SOON[one.incident.calls_for]]
        assert not late
        assert not [one for one in judgement.met if one.stopped > judge.STOPS[severity]]


@pytest.mark.slow
def test_drawn_weeks_have_what_the_known_month_has_not(month: Import) -> None:
    weeks = month("drawn_burn").DrawnBurn("5")
    soon = [one.trouble for one in weeks.diary if one.calls_for == "page soon"]
    codes = {one.code for one in soon}
    assert codes > {"500", "502", "503", "504"}
    assert codes & {*month("flows").SELDOM}
    assert {("/cart",), ("/orders",)} < {one.routes for one in soon}
    assert any(one.pause for one in soon)
    assert max(one.end for one in soon) >= weeks.clock.ticks - 1
    assert sum(weeks.customers[0]) / weeks.clock.days > 2 * 100 * 1440


@pytest.mark.slow
def test_a_drawn_month_goes_further_back_than_the_thirty_days_that_are_asked_for(month: Import) -> None:
    known, drawn = month("first_slo"), month("drawn_slo").DrawnSlo("6")
    pages = {flow.route for flow in drawn.customers} - {flow.route for flow in known.FLOWS}
    codes = {code for flow in drawn.customers for code in drawn.flows[flow.name]}
    assert len(pages) == 2
    assert {"204", "408", "499", "502", "504"} <= codes
    assert codes & {*month("flows").SELDOM}
    for begin, end in drawn.ends():
        assert end - begin == known.FirstSlo("6", "2025-09").clock.ticks
        assert sum(sum(row[:begin]) for row in drawn.flows[known.SEARCH].values()) > 0
        hours = {tick // 30 for one in drawn.diary for tick in range(one.trouble.begin, one.trouble.end)}
        assert not hours & {begin // 30 - 1, begin // 30, end // 30 - 1, end // 30}, (
            "whoever counts by the hour is right"
        )
