"""The rounds of an attempt, read from its events: a fault each, from the break to whatever ended it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from enum import StrEnum

from kikori.attempts.timing import paused_between
from kikori.model import Event
from kikori.model.record import Record

BROKE, STARTED, RESET, STOPPED = "broke", "started", "reset", "stopped"
SUBMITTED = "submitted"


class Result(StrEnum):
    """How far a round came; the last that is true of it."""

    OPEN = "open"
    LEFT = "left"
    GIVEN_UP = "given up"
    FIXED = "fixed"
    EXPLAINED = "explained"
    UNFINISHED = "handed in unfinished"
    SUBMITTED = "submitted"


class Round(Record):
    """One round; it is kept as long as the attempt's events are, which no stop takes away."""

    fault: str
    """Empty where the lab has none."""
    begun: float
    ended: float | None
    """None of a round that goes on."""
    seconds: float
    """To its submission or end, pauses left out."""
    hints: int
    checks: int
    result: Result


def rounds(events: Sequence[Event], *, has_faults: bool, now: float | None = None) -> tuple[Round, ...]:
    """List the rounds, the oldest first; without faults one begins with the start and with each reset."""
    begins = {BROKE} if has_faults else {STARTED, RESET}
    found: list[Round] = []
    own: list[Event] = []
    for event in events:
        if own and event.event in (BROKE, RESET, STOPPED):
            found.append(_round(own, event.at, event.at))
            own = []
        if own or event.event in begins:
            own.append(event)
    return (*found, _round(own, None, now or time.time())) if own else tuple(found)


def _round(own: Sequence[Event], ended: float | None, until: float) -> Round:
    begun = own[0].at
    handed_in = next((one.at for one in own if one.event == SUBMITTED), until)
    return Round(
        fault=str(own[0].detail.get("fault") or ""),
        begun=begun,
        ended=ended,
        seconds=max(0.0, handed_in - begun - paused_between(own, begun, handed_in)),
        hints=sum(one.event == "hint" for one in own),
        checks=sum(one.event == "checked" for one in own),
        result=_result(own, ended),
    )


def _result(own: Sequence[Event], ended: float | None) -> Result:
    happened = [one.event for one in own]
    fixed = "mended" in happened
    if SUBMITTED in happened:
        return Result.SUBMITTED if fixed else Result.UNFINISHED
    if "gave-up" in happened and (not fixed or happened.index("gave-up") < happened.index("mended")):
        return Result.GIVEN_UP
    if fixed and any(one.event == "explained" and one.detail.get("accepted") for one in own):
        return Result.EXPLAINED
    if fixed:
        return Result.FIXED
    return Result.LEFT if ended else Result.OPEN
