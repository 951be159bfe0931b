"""How long each stage of an attempt took, pauses left out."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from kikori.model import Event
from kikori.model.record import Record

LONGEST_BREAK = 600.0
"""Seconds that putting a fault in may take."""


class Timing(Record):
    """Seconds by the clock that stops in a pause; ``None`` for what has not happened."""

    total: float
    to_first_check: float | None
    to_mend: float | None
    paused: float
    to_served: float | None = None
    """Until users were first served again, by a stop-gap or by the fix."""


def timing(events: Sequence[Event], until: float | None = None) -> Timing:
    """What an attempt's events say about its time.

    The clock runs from the last break (or the start, where nothing is broken) to the submission, or until now.
    """
    events = since_last_break(events)
    begin = _first(events, "broke") or _first(events, "started")
    if begin is None:
        return Timing(total=0.0, to_first_check=None, to_mend=None, paused=0.0)
    end = _first(events, "submitted") or until or time.time()

    def took(moment: float | None) -> float | None:
        return None if moment is None else max(0.0, moment - begin - paused_between(events, begin, moment))

    return Timing(
        total=took(end) or 0.0,
        to_first_check=took(_first(events, "checked")),
        to_mend=took(_first(events, "mended")),
        to_served=took(_first(events, "served")),
        paused=paused_between(events, begin, end),
    )


def since_last_break(events: Sequence[Event]) -> Sequence[Event]:
    """The events of what is being fixed now, the break first."""
    breaks = [number for number, event in enumerate(events) if event.event == "broke"]
    return events[breaks[-1] :] if breaks else events


def begun(events: Sequence[Event]) -> float:
    """When the clock began to run."""
    own = since_last_break(events)
    return next((one.at for one in own if one.event in ("broke", "started")), own[0].at if own else 0.0)


def first_harm(events: Sequence[Event]) -> float:
    """Tell from when on users may have met what is broken: putting it in takes a while before the clock begins.

    It is the beginning of that second: a service may write whole seconds down.
    """
    own = since_last_break(events)
    took = own[0].detail.get("seconds") if own and own[0].event == "broke" else 0.0
    known = isinstance(took, float) and 0 <= took <= LONGEST_BREAK
    return float(math.floor(begun(own) - (float(took) if known and took else 0.0)))


def before_debrief(events: Sequence[Event]) -> Sequence[Event]:
    """The events of the last break up to its debrief, which told the cause."""
    own = since_last_break(events)
    told = [number for number, event in enumerate(own) if event.event == "debriefed"]
    return own[: told[0]] if told else own


def paused_between(events: Sequence[Event], begin: float, end: float) -> float:
    """Seconds of pause between two moments."""
    total, since = 0.0, None
    for event in events:
        if event.event == "paused" and since is None:
            since = event.at
        elif event.event == "resumed" and since is not None:
            total += _overlap(since, event.at, begin, end)
            since = None
    return total + (_overlap(since, end, begin, end) if since is not None else 0.0)


def _overlap(since: float, until: float, begin: float, end: float) -> float:
    return max(0.0, min(until, end) - max(since, begin))


def _first(events: Sequence[Event], name: str) -> float | None:
    return next((event.at for event in events if event.event == name), None)
