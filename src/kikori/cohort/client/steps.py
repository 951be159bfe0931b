"""How far a team came in a round of a game day, read from the attempt's own files."""

from __future__ import annotations

from collections.abc import Sequence

from kikori.attempts import Store
from kikori.attempts.incident import Times, times
from kikori.attempts.timeline import timeline
from kikori.cohort.messages import LONGEST_STAGE, Moment, Step, StoppedBy
from kikori.learner.fault import ROUND
from kikori.model import Attempt, Event


def mark_of(learner: str, round_id: str) -> str:
    """Say what a break is marked with: another cohort's server knows neither this learner nor its rounds."""
    return f"{learner}/{round_id}"


def is_in(events: Sequence[Event], mark: str) -> bool:
    """Tell whether the fault of a round was put in, whatever came after it."""
    return any(event.event == "broke" and event.detail.get(ROUND) == mark for event in events)


def steps(store: Store, attempt: Attempt, learner: str) -> tuple[str, tuple[Moment, ...]]:
    """Give a learner's last round whose fault was put in, and the steps since; another break ends them."""
    events = store.events(attempt)
    breaks = [place for place, event in enumerate(events) if event.event == "broke"]
    begin = next((place for place in reversed(breaks) if _round_of(events[place], learner)), None)
    if begin is None:
        return "", ()
    end = next((place for place in breaks if place > begin), None)
    own = times(timeline(events[:end], store.trail(attempt), (), "en"))
    return _round_of(events[begin], learner), tuple(_moments(own))


def _round_of(event: Event, learner: str) -> str:
    mark, own = str(event.detail.get(ROUND) or ""), mark_of(learner, "")
    return mark.removeprefix(own) if mark.startswith(own) else ""


def _moments(own: Times) -> list[Moment]:
    told = {
        Step.BROKE: 0.0,
        Step.NOTICED: own.to_notice,
        Step.DECLARED: own.to_declare,
        Step.STOPPED: own.to_stop,
        Step.FIXED: own.to_fix,
    }
    by = {Step.STOPPED: StoppedBy(own.stopped_by)}
    return [
        Moment(step=step, seconds=min(max(seconds, 0.0), LONGEST_STAGE), by=by.get(step, StoppedBy.UNTOLD))
        for step, seconds in told.items()
        if seconds is not None
    ]
