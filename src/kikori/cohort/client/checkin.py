"""Where an attempt stands, as a check-in tells it; read from the attempt's own files."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from kikori.attempts import Store, since_last_break
from kikori.attempts.timing import paused_between
from kikori.cohort.messages import (
    LONGEST_STAGE,
    MOST_GRADE,
    MOST_NAME,
    MOST_SCORE,
    MOST_TITLE,
    CheckIn,
    Where,
    clean,
)
from kikori.model import Attempt, CheckResult, Event, Outcome, Report, Stage

BEGINS = {
    Where.HEALTHY: ("started", "reset"),
    Where.BROKEN: ("broke",),
    Where.FIXED: ("mended",),
    Where.EXPLAINED: ("explained",),
    Where.SUBMITTED: ("submitted",),
    Where.PAUSED: ("paused",),
    Where.STOPPED: ("stopped",),
}
"""The events that a stage begins with; any other began with the last event."""


def check_in(store: Store, attempt: Attempt, now: float | None = None) -> CheckIn:
    """What is sent of an attempt."""
    events = store.events(attempt)
    where = where_is(attempt)
    failing = last_failing(store.reports(attempt), events)
    score, grade = best_run(events)
    return CheckIn(
        lab=attempt.lab,
        stage=where,
        seconds=round(min(_seconds_in(where, events, now or time.time()), LONGEST_STAGE), 1),
        check=clean(failing.id, MOST_NAME) if failing else "",
        title=clean(" ".join(failing.title.split()), MOST_TITLE) if failing else "",
        hints=min(attempt.hints, 1000),
        score=score,
        grade=grade,
    )


def best_run(events: Sequence[Event]) -> tuple[int | None, float | None]:
    """Give score and grade of the best full run that counts: in a short one chance is too great."""
    runs = [event.detail for event in events if event.event == "benched"]
    counted = [_points(run) for run in runs if run.get("failed") == "" and run.get("quick") is False]
    return max(counted, key=lambda run: (run[1] or 0.0, run[0]), default=(None, None))


def _points(run: Mapping[str, object]) -> tuple[int, float | None]:
    score, grade = run.get("score"), run.get("grade")
    points = min(max(score, 0), MOST_SCORE) if isinstance(score, int) else 0
    return points, min(max(grade, 0.0), MOST_GRADE) if isinstance(grade, float) else None


def where_is(attempt: Attempt) -> Where:
    """The stage as an instructor thinks of it: with pauses, explanations and submissions."""
    if attempt.paused and attempt.stage is not Stage.STOPPED:
        return Where.PAUSED
    if attempt.stage in (Stage.FIXED, Stage.BROKEN, Stage.HEALTHY) and attempt.submitted:
        return Where.SUBMITTED
    if attempt.stage is Stage.FIXED and attempt.explained:
        return Where.EXPLAINED
    return Where(attempt.stage.value)


def _seconds_in(where: Where, events: Sequence[Event], now: float) -> float:
    names = BEGINS.get(where, ())
    moments = [event.at for event in events if event.event in names] or [event.at for event in events]
    if not moments:
        return 0.0
    begin = moments[-1]
    pauses = 0.0 if where is Where.PAUSED else paused_between(events, begin, now)
    return max(0.0, now - begin - pauses)


def last_failing(reports: Sequence[Report], events: Sequence[Event]) -> CheckResult | None:
    """The check that failed in the last run since the last break, else one that could not be run there."""
    own = since_last_break(events)
    since = own[0].at if own else 0.0
    if not reports or reports[-1].at < since:
        return None
    for outcome in (Outcome.FAILED, Outcome.ERROR):
        for check in reports[-1].checks:
            if check.outcome is outcome:
                return check
    return None
