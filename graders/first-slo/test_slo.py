"""Do the SLIs count what customers met, and do the answers say so?"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest

from kikori.grading import Scene, eventually, quoted, reasons, say

if TYPE_CHECKING:
    from conftest import Asked, Truth, Work

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(110)
AGREED = {"availability": 99.5, "latency": 97.5, "orders": 99.0}
ASKED = ("availability", "latency")
"""The SLIs of which the owner wants to know what is left of the budget."""
NEAR = 0.03
"""How far a count of bad events may be from what was so, as a share of it."""
NEAR_VALID = 0.01
POINTS = 0.012
"""How far an SLI may be told from what was so, in percentage points."""
NEAR_LEFT = 10
"""Events that the rest of a budget may be off: ways to ask differ by less, `good` taken for `valid` by some 20."""
LOG = "/srv/log/access.log"
LARGEST = 16 * 2**20
"""Bytes that the day's log may have, and more."""


@pytest.mark.guard
@pytest.mark.usefixtures("log")
def test_history(scene: Scene, truth: Truth) -> None:
    """The month and the day's log are as they were recorded.

    ja: 1か月の記録と1日分のログは、記録されたままである。
    """
    query = 'sum(increase(http_requests_total{service="front"}[30d]))'
    at = truth.month.clock.end
    path = f"/api/v1/query?query={query}&time={at}"
    seen = eventually(lambda: scene.get("history", path, 9090), lambda answer: answer.status == 200, within=8)
    wanted, value = truth.requests("front"), _value(seen.text)
    assert abs(value - wanted) < 0.001 * wanted, reason("history", wanted=wanted, value=value)
    lines = (scene.sidecar("desk").read(LOG, LARGEST) or b"").decode("utf-8", "replace").splitlines()
    written = truth.log.splitlines()
    assert len(lines) == len(written), reason("history-2", written=len(written), lines=len(lines))
    pairs = enumerate(zip(lines, written, strict=True), 1)
    changed = next((number for number, (seen, line) in pairs if seen != line), 0)
    assert not changed, reason("history-3", number=changed)


def _value(text: str) -> float:
    """The number in an answer of Prometheus."""
    try:
        return float(json.loads(text)["data"]["result"][0]["value"][1])
    except (ValueError, KeyError, IndexError, TypeError):
        return math.nan


@pytest.mark.static
def test_objectives(work: Work) -> None:
    """The objectives are those that were agreed on.

    ja: 目標は合意したとおりである。
    """
    seen = {name: work.sli(name).get("objective") for name in AGREED} | {"window": work.slis.get("window")}
    wanted = {**AGREED, "window": "30d"}
    assert seen == wanted, reason("objectives", told=_told(wanted), told_2=_told(seen))


def _told(agreed: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in agreed.items())


def test_availability(work: Work) -> None:
    """The availability SLI counts what customers asked for and what the shop failed to give, in this month and others.

    ja: 可用性の SLI は、この月でもほかの月でも、客が求めたものと、店が応えられなかったものを数えている。
    """
    agrees(work, "availability")


def test_latency(work: Work) -> None:
    """The latency SLI counts the customers' searches and those that took too long, in this month and others.

    ja: レイテンシーの SLI は、この月でもほかの月でも、客の検索と、そのうち時間のかかりすぎたものを数えている。
    """
    agrees(work, "latency")


def agrees(work: Work, name: str) -> None:
    """Both counts of an SLI are those of what was so, in the month that is known and then in another."""
    _agrees(work, name, work.known)
    _agrees(work, name, work.another)


def _agrees(work: Work, name: str, asked: Asked) -> None:
    error = asked.found.get("error")
    assert error is None, reason("no-rules", where=asked.moments[0].where, error=error)
    for which, moment in enumerate(asked.moments):
        answers = asked.counted(name, which)
        for query, answer in zip(work.queries(name), answers, strict=True):
            values = answer.get("values", ())
            assert len(values) == 1, reason(
                "agrees",
                called=name,
                where=moment.where,
                query=quoted(query),
                told=answer.get("error") or say(f"{len(values)} values", f"{len(values)} 個の値"),
            )
        some, valid = (answer["values"][0] for answer in answers)
        events, known = asked.truly(name, which), asked is work.known
        bad = some if work.counts_bad(name) else valid - some
        close(f"{name}, valid", valid, events.valid, NEAR_VALID, moment.where, known=known)
        close(f"{name}, bad", bad, events.bad, NEAR, moment.where, known=known)


def asking(what: str, *, many: bool) -> str:
    """What to ask oneself about a count that is not right in the month that is known."""
    others = reason("asking")
    missed = reason("asking-2")
    return {
        "availability, bad": reason("asking-3"),
        "latency, bad": reason("asking-4"),
    }.get(what, others if many else missed)


def close(what: str, seen: float, wanted: int, near: float, where: str, *, known: bool) -> None:
    """A count is that of what was so, nearly."""
    elsewhere = reason("close")
    hint = asking(what, many=seen > wanted) if known else elsewhere
    way = reason("close-2") if seen > wanted else reason("close-3")
    assert abs(seen - wanted) <= near * wanted, reason("close-4", what=what, where=where, seen=seen, way=way, hint=hint)


@pytest.mark.static
def test_answers(work: Work, truth: Truth) -> None:
    """The answers for the shop's owner are what customers met.

    ja: 店主への答えは、客が出会ったものと合っている。
    """
    for name in AGREED:
        told, sli = _number(work, name, "sli"), truth.events(name).sli
        way = reason("answers-better") if told < sli else reason("answers-worse")
        assert abs(told - sli) <= POINTS, reason("answers-sli", called=name, told=told, way=way)
    for name in ASKED:
        events, told = truth.events(name), _number(work, name, "budget_left")
        left = events.left(AGREED[name])
        way = reason("close-2") if told > left else reason("close-3")
        assert abs(told - left) <= NEAR_LEFT, reason("answers-budget", called=name, told=told, way=way)


def _number(work: Work, name: str, key: str) -> float:
    """A number of the answers."""
    found = work.told(name).get(key)
    assert isinstance(found, int | float), reason("answers-none", called=name, key=key)
    return float(found)


@pytest.mark.static
def test_costliest(work: Work, truth: Truth) -> None:
    """The answers name the entry of the diary that took most of the budget.

    ja: 答えは、予算をいちばん使った日誌の出来事を挙げている。
    """
    told = str(work.told("availability").get("costliest", "")).strip().upper()
    named = next((one for one in truth.month.diary if one.name == told), None)
    assert named == truth.costliest(), reason("costliest", told=quoted(told))
