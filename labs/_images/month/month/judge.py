"""What alerts are worth, held against what customers met: how soon, how long, and how many of them for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from month.burn_rate import NEITHER, PAGE, PAGE_SOON, TICKET, BurnRate, Incident

MINUTE, HOUR, DAY = 60, 3600, 86400
SOON = {PAGE_SOON: 30 * MINUTE, PAGE: 5 * HOUR, TICKET: 48 * HOUR}
"""How long after its beginning an incident has called whom it calls for."""
STOPS = {"page": 45 * MINUTE, "ticket": 8 * HOUR}
"""How long after the end of what it is for an alert may last."""
WORTH = 0.08
"""A ticket is for nothing where less than this share of the budget went within three days, and nothing is wrong."""

Span = tuple[int, int]


class Met(NamedTuple):
    """What one incident met with; times are seconds, None where nothing came."""

    incident: Incident
    begin: int
    end: int
    burnt: float
    called: int | None
    """After its beginning."""
    stopped: int | None
    """After its end."""


class Judgement(NamedTuple):
    """All of it, for one severity."""

    met: tuple[Met, ...]
    fired: tuple[Span, ...]
    noise: tuple[Span, ...]

    @property
    def precision(self) -> float:
        """The share of the calls that were for something."""
        return 1 - len(self.noise) / len(self.fired) if self.fired else 0.0

    @property
    def recall(self) -> float:
        """The share of the incidents that called whom they call for."""
        return sum(one.called is not None for one in self.met) / len(self.met)


def spans(alerts: Iterable[dict[str, Any]], severity: str) -> list[Span]:
    """When anything of a severity fires; what overlaps is one call."""
    found: list[Span] = []
    for one in sorted((one["begin"], one["end"]) for one in alerts if one["labels"].get("severity") == severity):
        if found and one[0] <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], one[1]))
        else:
            found.append(one)
    return found


def judge(month: BurnRate, alerts: Sequence[dict[str, Any]], severity: str) -> Judgement:
    """Pages, or tickets, against the month."""
    fired = spans(alerts, severity)
    kinds = (PAGE_SOON, PAGE) if severity == "page" else (TICKET,)
    mine = [one for one in month.diary if one.calls_for in kinds]
    noise = [one for one in fired if not _meant(month, one, severity)]
    return Judgement(tuple(_met(month, one, fired, STOPS[severity]) for one in mine), tuple(fired), tuple(noise))


def _met(month: BurnRate, incident: Incident, fired: list[Span], after: int) -> Met:
    """Find the calls for an incident, also those soon after its end."""
    trouble = incident.trouble
    begin, end = month.clock.time(trouble.begin), month.clock.time(trouble.end)
    mine = [one for one in fired if one[0] <= end + after and one[1] > begin]
    first = max(mine[0][0], begin) - begin if mine else None
    last = max(0, *(one[1] - end for one in mine)) if mine else None
    return Met(incident, begin, end, month.burnt(trouble.begin, trouble.end), first, last)


def _meant(month: BurnRate, fired: Span, severity: str) -> bool:
    """Whether there is something that a call is for."""
    clock = month.clock
    calling = [one.trouble for one in month.diary if one.calls_for in _for_whom(severity)]
    after = STOPS[severity]
    if any(clock.time(one.begin) <= fired[0] <= clock.time(one.end) + after for one in calling):
        return True
    now = (fired[0] - clock.start) // clock.tick
    return severity == "ticket" and month.burnt(now - 3 * DAY // clock.tick, now) >= WORTH


def _for_whom(severity: str) -> tuple[str, ...]:
    return (PAGE_SOON, PAGE) if severity == "page" else (PAGE_SOON, PAGE, TICKET)


def told(month: BurnRate, alerts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The judgement as a desk shows it."""
    both = {severity: judge(month, alerts, severity) for severity in STOPS}
    found: dict[str, Any] = {
        severity: {
            "precision": one.precision,
            "recall": one.recall,
            "calls": len(one.fired),
            "noise": [_time(month, span[0]) for span in one.noise],
        }
        for severity, one in both.items()
    }
    found["diary"] = [
        {
            "id": one.incident.name,
            "kind": one.incident.trouble.kind,
            "begin": _time(month, one.begin),
            "minutes": (one.end - one.begin) // MINUTE,
            "burnt": one.burnt,
            "calls": one.incident.calls_for,
            "within": SOON[one.incident.calls_for],
            "called": one.called,
            "stopped": one.stopped,
        }
        for one in sorted((*both["page"].met, *both["ticket"].met), key=lambda met: met.begin)
    ]
    found["quiet"] = [one.name for one in month.diary if one.calls_for == NEITHER]
    return found


def _time(month: BurnRate, at: int) -> str:
    return month.clock.said((at - month.clock.start) // month.clock.tick)
