"""What an attempt's events and timeline tell of an incident: its stop-gaps, and how long each step took."""

from __future__ import annotations

from collections.abc import Sequence

from kikori.attempts.timeline import CLOCK, DECLARED, NOTICED, RESOLVED, STOP_GAP, TAKEN_BACK, Entry
from kikori.bilingual import sentence
from kikori.model import Event
from kikori.model.record import Record
from kikori.settings import Lang

SERVED, FIXED = "served", "mended"
"""The events of checks that found users served, and all fixed."""


class StopGap(Record):
    """What serves users until the fix, and how it is taken back."""

    number: int
    what: str
    risk: str
    until: str
    """When it is to be taken back."""
    taken_back: bool = False


class Times(Record):
    """Seconds since the break, pauses left out; ``None`` for what is untold."""

    to_notice: float | None = None
    """Until somebody said that they noticed it, or declared an incident."""
    to_declare: float | None = None
    """Until an incident was declared."""
    to_stop: float | None = None
    """Until the bleeding stopped."""
    stopped_by: str = ""
    """``served``, which a check found; ``stop-gap``, by the responder's word; ``mended``, by the fix."""
    to_served: float | None = None
    """Until a check found users served, by a stop-gap or by the fix."""
    to_fix: float | None = None
    """Until every check passed, also after a restart."""
    to_resolve: float | None = None
    """Until the responder called it resolved."""
    clock_set_back: bool = False
    """Whether the clock went back meanwhile: then each took at least so long."""


def severity_now(events: Sequence[Event]) -> int:
    """Tell the severity of the open incident; 0 where none is."""
    last = next((one for one in reversed(events) if one.event in (DECLARED, RESOLVED)), None)
    severity = last.detail.get("severity") if last and last.event == DECLARED else 0
    return severity if isinstance(severity, int) else 0


def stop_gaps(events: Sequence[Event]) -> tuple[StopGap, ...]:
    """List the stop-gaps by their numbers, the first being 1."""
    back = {event.detail.get("number") for event in events if event.event == TAKEN_BACK}
    said = (event.detail for event in events if event.event == STOP_GAP)
    return tuple(
        StopGap(
            number=number,
            what=str(one.get("what") or ""),
            risk=str(one.get("risk") or ""),
            until=str(one.get("until") or ""),
            taken_back=number in back,
        )
        for number, one in enumerate(said, 1)
    )


def times(entries: Sequence[Entry]) -> Times:
    """Read how long it took to notice, to stop and to fix."""
    first: dict[str, float] = {}
    for one in entries:
        first.setdefault(one.what, one.seconds)
    stops = [(first[what], what) for what in (SERVED, STOP_GAP, FIXED) if what in first]
    noticed = [first[what] for what in (NOTICED, DECLARED) if what in first]
    to_stop, stopped_by = min(stops, key=lambda stop: stop[0], default=(None, ""))
    served = [first[what] for what in (SERVED, FIXED) if what in first]
    return Times(
        to_notice=min(noticed, default=None),
        to_declare=first.get(DECLARED),
        to_stop=to_stop,
        stopped_by=stopped_by,
        to_served=min(served, default=None),
        to_fix=first.get(FIXED),
        to_resolve=first.get(RESOLVED),
        clock_set_back=CLOCK in first,
    )


def in_words(told: Times, lang: Lang) -> tuple[str, ...]:
    """Tell the times in sentences, each with whose word it is."""
    lines = [_noticed(told, lang), _stopped(told, lang), _fixed(told, lang)]
    if told.to_resolve is not None:
        lines.append(sentence("times-resolved", lang, minutes=_minutes(told.to_resolve)))
    if told.clock_set_back:
        lines.append(sentence("times-clock", lang))
    return tuple(lines)


def _noticed(told: Times, lang: Lang) -> str:
    if told.to_notice is None:
        return sentence("times-unnoticed", lang)
    minutes = _minutes(told.to_notice)
    if told.to_declare is None:
        return sentence("times-noticed-alone", lang, minutes=minutes)
    if told.to_notice < told.to_declare:
        return sentence("times-noticed-before", lang, minutes=minutes, declared=_minutes(told.to_declare))
    return sentence("times-noticed", lang, minutes=minutes)


def _stopped(told: Times, lang: Lang) -> str:
    if told.to_stop is None or (told.stopped_by == STOP_GAP and told.to_served is None):
        return sentence("times-bleeding", lang)  # a stop-gap is told in the list; nobody saw that it served anybody
    minutes = _minutes(told.to_stop)
    if told.stopped_by == SERVED:
        return sentence("times-stopped-served", lang, minutes=minutes)
    if told.stopped_by == STOP_GAP:
        return sentence("times-stopped-stop-gap", lang, minutes=minutes)
    return sentence("times-stopped-fixed", lang, minutes=minutes)


def _fixed(told: Times, lang: Lang) -> str:
    if told.to_fix is None:
        return sentence("times-unfixed", lang)
    return sentence("times-fixed", lang, minutes=_minutes(told.to_fix))


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f}"


def stop_gap_in_words(one: StopGap, lang: Lang) -> str:
    """Tell a stop-gap, and whether it is still in place."""
    told = {"number": one.number, "what": one.what, "risk": one.risk, "until": one.until}
    if one.taken_back:
        return sentence("stop-gap-taken-back", lang, **told)
    return sentence("stop-gap-in-place", lang, **told)
