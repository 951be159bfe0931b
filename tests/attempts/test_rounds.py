"""Rounds are read from events: what begins and ends one, what counts in it, and how far it came."""

from __future__ import annotations

import pytest

from kikori.attempts.rounds import Result, rounds
from kikori.model import Event


def events(*told: str, **detail: bool) -> list[Event]:
    """One event each ten seconds; ``broke:x`` puts x in."""
    pairs = [one.partition(":") for one in told]
    return [
        Event(at=10.0 * number, event=name, detail=({"fault": fault} if fault else {}) | detail)
        for number, (name, _, fault) in enumerate(pairs)
    ]


def results(*told: str, **detail: bool) -> list[Result]:
    return [one.result for one in rounds(events("started", "broke:a", *told, **detail), has_faults=True, now=1000.0)]


def test_each_break_is_a_round_with_its_fault_time_hints_and_checks() -> None:
    told = ["started", "broke:a", "hint", "checked", "hint", "checked", "mended", "reset", "broke:b", "checked"]
    first, second = rounds(events(*told), has_faults=True, now=200.0)
    assert (first.fault, first.begun, first.ended, first.seconds) == ("a", 10.0, 70.0, 60.0)
    assert (first.hints, first.checks, first.result) == (2, 2, Result.FIXED)
    assert (second.fault, second.ended, second.seconds, second.result) == ("b", None, 120.0, Result.OPEN)
    assert second.checks == 1


def test_a_stop_ends_a_round_and_what_follows_is_in_none() -> None:
    (only,) = rounds(events("started", "broke:a", "stopped", "checked"), has_faults=True)
    assert (only.ended, only.checks, only.result) == (20.0, 0, Result.LEFT)


def test_a_pause_takes_no_time() -> None:
    (only,) = rounds(events("broke:a", "paused", "resumed", "stopped"), has_faults=True)
    assert only.seconds == 20.0


def test_the_clock_of_a_round_stops_at_its_submission() -> None:
    (only,) = rounds(events("broke:a", "mended", "submitted", "checked", "stopped"), has_faults=True)
    assert only.seconds == 20.0


@pytest.mark.parametrize(
    ("told", "result"),
    [
        ((), Result.OPEN),
        (("stopped",), Result.LEFT),
        (("mended",), Result.FIXED),
        (("mended", "stopped"), Result.FIXED),
        (("gave-up",), Result.GIVEN_UP),
        (("gave-up", "mended"), Result.GIVEN_UP),
        (("mended", "gave-up"), Result.FIXED),
        (("submitted",), Result.UNFINISHED),
        (("mended", "submitted"), Result.SUBMITTED),
    ],
)
def test_how_far_a_round_came(told: tuple[str, ...], result: Result) -> None:
    assert results(*told) == [result]


def test_an_explanation_counts_once_it_was_accepted() -> None:
    assert results("mended", "explained", accepted=True) == [Result.EXPLAINED]
    assert results("mended", "explained", accepted=False) == [Result.FIXED]


def test_where_nothing_is_broken_a_round_begins_with_the_start_and_with_each_reset() -> None:
    told = events("started", "checked", "reset", "mended", "stopped")
    assert [(one.fault, one.begun, one.result) for one in rounds(told, has_faults=False)] == [
        ("", 0.0, Result.LEFT),
        ("", 20.0, Result.FIXED),
    ]
    assert rounds(told, has_faults=True) == ()
