"""The clock runs from the break to the submission, and stands still in a pause."""

from __future__ import annotations

import time

import pytest

from kikori.attempts import timing
from kikori.model import Event


def events(*told: tuple[str, float]) -> list[Event]:
    return [Event(at=1_000_000 + at, event=name) for name, at in told]


def total(*told: tuple[str, float], until: float = 100) -> float:
    return timing(events(*told), until=1_000_000 + until).total


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ([], 0),
        ([("started", 0)], 100),
        ([("started", 0), ("broke", 10)], 90),
        ([("started", 0), ("broke", 10), ("submitted", 30)], 20),
        ([("started", 0), ("broke", 10), ("checked", 20), ("broke", 40)], 60),
        ([("broke", 10), ("paused", 20), ("resumed", 50)], 60),
        ([("broke", 10), ("paused", 20), ("resumed", 30), ("paused", 40), ("resumed", 60)], 60),
        ([("broke", 10), ("paused", 20)], 10),
        ([("broke", 10), ("paused", 20), ("paused", 30), ("resumed", 40)], 70),
        ([("broke", 10), ("resumed", 40)], 90),
        ([("started", 0), ("paused", 5), ("resumed", 8), ("broke", 10)], 90),
        ([("broke", 10), ("paused", 20), ("resumed", 30), ("submitted", 50), ("paused", 60)], 30),
    ],
    ids=[
        "nothing happened",
        "nothing is broken",
        "from the break",
        "to the submission",
        "from the last of several breaks",
        "a pause is left out",
        "every pause is left out",
        "an open pause lasts until now",
        "a pause begins once",
        "a resume after a power cut is no pause",
        "a pause before the break does not count",
        "a pause after the submission does not count",
    ],
)
def test_total(told: list[tuple[str, float]], seconds: float) -> None:
    assert total(*told) == seconds


def test_stages_have_times_of_their_own_without_the_pauses_before_them() -> None:
    told = [("broke", 0), ("checked", 10), ("paused", 20), ("resumed", 50), ("checked", 60), ("mended", 61)]
    found = timing(events(*told), until=1_000_100)
    assert (found.to_first_check, found.to_mend, found.paused) == (10, 31, 30)


def test_what_has_not_happened_has_no_time() -> None:
    found = timing(events(("broke", 0)), until=1_000_100)
    assert (found.to_first_check, found.to_mend) == (None, None)


def test_check_of_an_earlier_break_is_not_the_first_of_this_one() -> None:
    told = events(("broke", 0), ("checked", 10), ("mended", 10), ("broke", 50))
    assert timing(told, until=1_000_100).to_first_check is None


def test_clock_goes_on_until_now() -> None:
    now = time.time()
    assert timing([Event(at=now - 60, event="broke")]).total == pytest.approx(60, abs=5)


def test_clock_of_the_computer_that_was_set_back_gives_no_negative_time() -> None:
    assert total(("broke", 50), ("submitted", 20)) == 0
