"""How far a team came is read from the attempt's own files, round by round."""

from __future__ import annotations

import time

import pytest

from kikori.attempts import Store
from kikori.attempts.atomic_files import append_line
from kikori.cohort.client.consent import LASTS, Agreed
from kikori.cohort.client.steps import is_in, mark_of, steps
from kikori.cohort.messages import Step, StoppedBy
from kikori.learner.fault import ROUND
from kikori.model import Attempt, Event

from .conftest import Kept

ADA, ROUND_1, ROUND_2 = "ada-id", "0" * 12, "1" * 12


def happened(attempt: Attempt, at: float, event: str, **detail: str | int) -> None:
    append_line(Store().folder(attempt.id) / "events.jsonl", Event(at=at, event=event, detail={"after": 2, **detail}))


def broke(attempt: Attempt, at: float, round_id: str = ROUND_1, learner: str = ADA) -> None:
    happened(attempt, at, "broke", **({ROUND: mark_of(learner, round_id)} if round_id else {}))


def told(attempt: Attempt) -> tuple[str, dict[str, float]]:
    round_id, moments = steps(Store(), attempt, ADA)
    return round_id, {one.step.value: one.seconds for one in moments}


def test_each_step_is_told_with_what_stopped_the_bleeding(kept: Kept) -> None:
    attempt = kept()
    assert told(attempt) == ("", {}), "a break of one's own is no round"
    broke(attempt, 1000)
    assert told(attempt) == (ROUND_1, {"broke": 0})
    for at, event in ((1060, "noticed"), (1090, "declared"), (1100, "paused"), (1400, "resumed"), (1500, "served")):
        happened(attempt, at, event)
    happened(attempt, 1600, "mended")
    assert told(attempt) == (
        ROUND_1,
        {"broke": 0, "noticed": 60, "declared": 90, "stopped": 200, "fixed": 300},
    )
    (stopped,) = [one for one in steps(Store(), attempt, ADA)[1] if one.step is Step.STOPPED]
    assert stopped.by is StoppedBy.SERVED


def test_another_break_ends_a_round_and_takes_nothing_of_it(kept: Kept) -> None:
    attempt = kept()
    broke(attempt, 1000)
    happened(attempt, 1060, "declared", severity=2)
    broke(attempt, 2000, "")
    happened(attempt, 2010, "mended")
    assert told(attempt) == (ROUND_1, {"broke": 0, "noticed": 60, "declared": 60})
    broke(attempt, 3000, ROUND_2)
    happened(attempt, 3030, "mended")
    assert told(attempt) == (ROUND_2, {"broke": 0, "stopped": 30, "fixed": 30})
    assert is_in(Store().events(attempt), mark_of(ADA, ROUND_1))


def test_rounds_of_another_cohort_are_nobodys_business(kept: Kept) -> None:
    attempt = kept()
    broke(attempt, 1000, learner="somebody")
    assert told(attempt) == ("", {})
    assert not is_in(Store().events(attempt), mark_of(ADA, ROUND_1))


def test_a_clock_that_was_set_back_makes_no_step_earlier(kept: Kept) -> None:
    attempt = kept()
    broke(attempt, 5000)
    happened(attempt, 5060, "noticed")
    happened(attempt, 900, "declared", severity=2)
    happened(attempt, 960, "mended")
    assert told(attempt)[1] == {"broke": 0, "noticed": 60, "declared": 60, "stopped": 120, "fixed": 120}


@pytest.mark.parametrize(
    ("learner", "attempt", "age", "stands"),
    [
        (ADA, "a", 0.0, True),
        (ADA, "a", LASTS - 1, True),
        (ADA, "a", LASTS + 1, False),
        (ADA, "a", -60.0, False),
        (ADA, "b", 0.0, False),
        ("somebody", "a", 0.0, False),
    ],
)
def test_consent_is_for_one_attempt_one_cohort_and_half_a_day(
    learner: str, attempt: str, age: float, stands: bool
) -> None:
    now = time.time()
    given = Agreed(learner=ADA, attempt="a", lab="first-look", at=now - age)
    assert given.stands(learner, attempt, now) is stands
