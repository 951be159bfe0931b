"""What is counted, and what makes a run count for nothing."""

from __future__ import annotations

import pytest

from kikori.bench.scenario import Action, Rule, Table
from kikori.bench.score import Score, percentile
from kikori.bench.users.user_session import Answer, Request, Violation
from kikori.model import Text

SAYS = Text(en="it", ja="それ")
TABLE = Table(
    actions={"look": Action(points=2, about=SAYS), "write": Action(points=15, about=SAYS)},
    rules={
        "lost": Rule(about=SAYS, fails=True),
        "wrong": Rule(about=SAYS, costs=10),
        "too-many-errors": Rule(about=SAYS, fails=True),
    },
    fast_ms=100,
    routes=("GET /",),
)


def score() -> Score:
    made = Score(TABLE)
    made.scoring = True
    return made


def wrong(counted: Score, rule: str, times: int = 1) -> None:
    for _ in range(times):
        counted.wrong(Violation(rule, "seen"), "http://shop", Request("/p/1"), {"session": "a b"})


def test_verified_actions_earn_their_points_and_one_more_when_they_are_quick() -> None:
    counted = score()
    counted.count("look", 0.05)
    counted.count("write", 0.5)
    assert counted.points == 2 + 1 + 15


def test_nothing_is_earned_before_and_after_the_load() -> None:
    counted = score()
    counted.scoring = False
    counted.count("look", 0.05)
    counted.heard(Request("/"), Answer(200, {}, b"", 0.1))
    assert (counted.points, counted.requests) == (0, 0)


def test_breaches_cost_points_but_a_score_is_never_below_nothing() -> None:
    counted = score()
    counted.count("write", 0.5)
    wrong(counted, "wrong")
    assert counted.points == 5
    wrong(counted, "wrong", 3)
    assert counted.points == 0


@pytest.mark.parametrize(
    ("rule", "times", "requests", "failed"),
    [
        ("lost", 1, 10_000, "lost"),
        ("wrong", 1, 0, ""),
        ("wrong", 100, 10_000, ""),
        ("wrong", 101, 10_000, "too-many-errors"),
    ],
)
def test_one_bad_breach_fails_a_run_and_so_does_more_than_one_error_in_a_hundred(
    rule: str, times: int, requests: int, failed: str
) -> None:
    counted = score()
    for _ in range(requests):
        counted.heard(Request("/"), Answer(200, {}, b"", 0.1))
    wrong(counted, rule, times)
    assert counted.failed() == failed


@pytest.mark.parametrize(
    ("phase", "failed"),
    [("initialize", "wrong"), ("check", "wrong"), ("written", "wrong"), ("load", ""), ("warm-up", "")],
)
def test_where_nothing_hurries_the_service_any_breach_fails_a_run(phase: str, failed: str) -> None:
    counted = score()
    counted.enter(phase)
    wrong(counted, "wrong")
    assert counted.failed() == failed


def test_a_cause_says_how_to_see_it_again() -> None:
    counted = score()
    wrong(counted, "wrong")
    assert counted.causes[0].curl == "curl -si -b 'session=a b' http://shop/p/1"


def test_an_unknown_name_is_the_scenarios_own_mistake() -> None:
    with pytest.raises(KeyError, match="no action 'sing'"):
        score().count("sing", 0.1)
    with pytest.raises(KeyError, match="no rule 'odd'"):
        wrong(score(), "odd")


def test_a_route_has_worked_once_it_was_answered_without_an_error_of_the_server() -> None:
    counted = score()
    counted.heard(Request("/p/1"), Answer(500, {}, b"", 0.1))
    counted.heard(Request("/p/2"), Answer(0, {}, b"timeout", 5.0))
    assert counted.worked == set()
    counted.heard(Request("/p/3"), Answer(302, {}, b"", 0.1))
    assert counted.worked == {"GET /p/*"}


def test_endpoints_are_summed_up_the_costliest_first() -> None:
    counted = score()
    for number in range(100):
        counted.heard(Request(f"/p/{number}"), Answer(200, {}, b"", 0.2))
        counted.heard(Request("/older?before=2025"), Answer(200, {}, b"", number / 10))
    costly, cheap = counted.endpoints()
    assert (costly.name, costly.count, round(costly.p50_ms), round(costly.p95_ms)) == ("GET /older", 100, 4950, 9405)
    assert (cheap.name, cheap.p95_ms, cheap.errors) == ("GET /p/*", 200.0, 0)


@pytest.mark.parametrize(("values", "p95"), [([], 0.0), ([3.0], 3.0), ([1.0, 2.0], 1.95)])
def test_percentiles_of_few_values(values: list[float], p95: float) -> None:
    assert percentile(values, 95) == pytest.approx(p95)
