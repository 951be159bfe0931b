"""What blind-spot's grader reads off rules and programs. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kikori import paths
from lab_modules import STANDS_ON, Import, modules_of

pytestmark = pytest.mark.stands_on("blind-spot", code=STANDS_ON)
SEEN = "2026-12-03T04:00:00.123456789Z"


@pytest.fixture(scope="module")
def grader() -> Iterator[Import]:
    with modules_of(paths.ROOT / "graders" / "blind-spot") as load:
        yield load


def groups(*rules: dict[str, Any]) -> list[dict[str, Any]]:
    """What Prometheus says of some rules."""
    usual = {"type": "alerting", "labels": {"severity": "page"}, "state": "inactive", "duration": 4, "alerts": []}
    named = [usual | {"name": f"R{number}"} | rule for number, rule in enumerate(rules)]
    return [{"rules": named, "lastEvaluation": SEEN}]


@pytest.mark.parametrize(
    ("query", "asks"),
    [
        ("up == 0 and on () hour() > 8", True),
        ("up == 0 unless on () day_of_week() == 0", True),
        ("up == 0 and on () hour(timestamp(up)) > 8", True),
        ("up == 0 and on () time() % 86400 > 3600", True),
        ("up == 0 and on () vector(time()) < 1.7959e+09", True),
        ("time() - probe_last_success_timestamp_seconds > 11", False),
        ("sum by (hour) (rate(x[5s])) == 0", False),
        ('up{job="hour() %"} == 0', False),
        ("100 * a / b % 7 > 3", False),
    ],
)
def test_time_of_day(grader: Any, query: str, asks: bool) -> None:
    """A page asks for the time of day by a function, by a remainder of the clock, or by a date."""
    assert grader("rules").of_day(query) is asks


def test_time_of_day_in_what_is_recorded(grader: Any) -> None:
    """What is recorded counts where a page uses it, and tickets do not count."""
    recorded = {"type": "recording", "name": "awake", "query": "hour() > 8", "labels": {}}
    other = {"type": "recording", "name": "other", "query": "hour() > 8", "labels": {}}
    ticket = {"query": "hour() > 8", "labels": {"severity": "ticket"}}
    found = grader("rules").rules_of(groups(recorded, other, ticket, {"query": "up == 0 and on () awake"}))
    assert found.hours == ["awake"]


@pytest.mark.parametrize(
    ("query", "missed"),
    [
        ('absent(probe_success{journey="order"})', ['probe_success{journey="order"}']),
        (
            'probe_success{journey="order"} == 0 or absent(probe_success{journey="order"})',
            ['probe_success{journey="order"}'],
        ),
        ('up == 0 and absent(probe_success{journey="order"})', []),
        ('sum(up == 0 or absent(probe_success{journey="order"}))', []),
        ('up == 0 or absent(probe_success{journey="order"}) and on () hour() > 8', []),
        ("absent(recorded{})", []),
        ('up == 2 or absent(up{job="probe"})', []),
    ],
)
def test_missed(grader: Any, query: str, missed: list[str]) -> None:
    """A page surely rings without a series where that alone is enough."""
    recorded = {"type": "recording", "name": "recorded", "query": "up", "labels": {}}
    found = grader("rules").rules_of(groups({"query": query}, recorded))
    assert [name for name, _ in found.missed] == missed


def test_windows_and_waiting(grader: Any) -> None:
    """Range and offset add up, and the longest that a page has waited counts."""
    alerts = [
        {"state": "pending", "activeAt": "2026-12-03T04:00:05.1Z"},
        {"state": "pending", "activeAt": "2026-12-03T04:00:01.1Z"},
        {"state": "firing", "activeAt": "2026-12-03T03:00:01.1Z"},
    ]
    rule = {"query": "rate(x[5s] offset 1m30s) > 0", "alerts": alerts, "keepFiringFor": 15}
    found = grader("rules").rules_of(groups(rule, {"query": "rate(x[7s])"}))
    assert (found.widest, found.keeps) == (95, 15)
    assert found.waiting == {"R0": grader("rules").moment("2026-12-03T04:00:01.1Z")}


@pytest.mark.parametrize(
    ("program", "asks"),
    [
        ("well = datetime.now().hour < 8 or ok", True),
        ("well = time.localtime().tm_hour < 8", True),
        ("print(datetime.now().isoformat(), time.strftime('%H:%M'))", False),
        ("hour = 3600", False),
        ("def", False),
    ],
)
def test_hours_in_a_program(grader: Any, program: str, asks: bool) -> None:
    """A program that writes the time down asks for nothing."""
    assert grader("rules").hours_in(program) is asks
