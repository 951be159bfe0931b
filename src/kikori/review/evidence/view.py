"""What is known of one submission, made ready to be read: checks, files, time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from kikori.attempts import since_last_break
from kikori.attempts.timing import begun, paused_between
from kikori.model import CheckResult, Event, Report
from kikori.model.record import Record
from kikori.replay.verdict import FileChange
from kikori.review.evidence.stored_texts import Paper

MOST_CHECKS = 100
MOST_MOMENTS = 60
MOST_LINES = 1500
"""Of one file's changes."""
SHORT = 60
"""Lines; longer changes begin folded."""
EDGE = 2
"""Lines that name the file at the head of its changes."""
LONGEST = 366 * 24 * 3600.0
"""Seconds; what took longer was not measured by a clock."""


class Checked(Record):
    """One check: as the learner first saw it, and as the replay found it."""

    title: str
    guard: bool
    before: CheckResult | None
    after: CheckResult | None


def checks(paper: Paper | None, replayed: Report | None) -> list[Checked]:
    """The checks of the learner's first report since the break, beside those of the replay."""
    first = own_reports(paper.events, paper.reports)[:1] if paper else ()
    before = {one.id: one for report in first for one in report.checks[:MOST_CHECKS]}
    after = {one.id: one for one in replayed.checks} if replayed else {}
    order = [*after, *(name for name in before if name not in after)]
    found = [(before.get(name), after.get(name)) for name in order]
    return [
        Checked(title=one.title, guard=one.guard, before=old, after=new)
        for old, new in found
        if (one := new or old) is not None
    ]


def own_reports(events: Sequence[Event], reports: Sequence[Report]) -> tuple[Report, ...]:
    """The reports that a learner saw of what was fixed: none from before the clock began to run."""
    begin = begun(events)
    return tuple(report for report in reports if report.at >= begin)


class Line(Record):
    """One line of a difference."""

    kind: str
    """``added``, ``gone``, ``place`` or ``same``."""
    text: str


class Changed(Record):
    """A file that was changed, line by line."""

    place: str
    path: str
    lines: tuple[Line, ...]
    cut: bool = False
    mode: tuple[str, ...] = ()
    """Before and after, where it changed; ``owner`` likewise."""
    owner: tuple[str, ...] = ()

    @property
    def short(self) -> bool:
        """Whether it is shown unfolded."""
        return len(self.lines) <= SHORT


KINDS = {"+": "added", "-": "gone", "@": "place"}


def differences(changes: Sequence[FileChange]) -> list[Changed]:
    """The changed files, each line with its kind."""
    return [
        Changed(
            place=change.service,
            path=change.path,
            lines=tuple(_lines(change.diff)),
            cut=change.diff.count("\n") > MOST_LINES + EDGE,
            mode=change.mode,
            owner=change.owner,
        )
        for change in changes
    ]


def _lines(diff: str) -> Iterator[Line]:
    given = diff.splitlines()
    whole = len(given) > EDGE and given[0].startswith("--- ") and given[1].startswith("+++ ")
    for text in given[EDGE if whole else 0 :][:MOST_LINES]:
        yield Line(kind=KINDS.get(text[:1], "same") if whole else "same", text=text)


class Moment(Record):
    """Something that happened, and when by the clock that stops in a pause."""

    what: str
    seconds: float
    share: float
    """Where on the way from the break to the submission, pauses included: 0 to 100."""
    note: str = ""


class Pause(Record):
    """A pause on that way."""

    share: float
    width: float


class Timeline(Record):
    """What happened from the break to the submission."""

    moments: tuple[Moment, ...] = ()
    pauses: tuple[Pause, ...] = ()
    total: float = 0.0
    paused: float = 0.0


ONCE = ("checked", "served", "mended", "gave-up", "debriefed", "submitted")
"""Events of which the first tells enough."""
SHOWN = {"broke", "started", "hint", "diagnosed", "explained", "paused", "resumed", "disputed", *ONCE}


def timeline(paper: Paper | None) -> Timeline:
    """The events since the break, as far as a clock can have measured them."""
    if paper is None or not paper.events:
        return Timeline()
    events = sorted(since_last_break(paper.events), key=lambda event: event.at)
    begin = begun(events)
    end = next((one.at for one in events if one.event == "submitted"), paper.manifest.created)
    if not (math.isfinite(begin) and 0 < end - begin < LONGEST):
        return Timeline()
    told = _told(events, begin, end)
    paused = paused_between(events, begin, end)
    return Timeline(
        moments=tuple(_moment(event, events, begin, end) for event in told),
        pauses=tuple(_pauses(events, begin, end)),
        total=end - begin - paused,
        paused=paused,
    )


def _told(events: Sequence[Event], begin: float, end: float) -> list[Event]:
    """The events worth a line, with the submission at the end."""
    found: list[Event] = []
    once = set[str]()  # a stranger's log has as many events as fit into it, so nothing is looked for in the list
    for event in events:
        if event.event in SHOWN and begin <= event.at <= end and event.event not in once:
            found.append(event)
            once |= {event.event} & {*ONCE}
    if "submitted" not in once:
        found = [*found[: MOST_MOMENTS - 1], Event(at=end, event="submitted")]
    return found[:MOST_MOMENTS]


def _moment(event: Event, events: Sequence[Event], begin: float, end: float) -> Moment:
    said = [str(event.detail.get(key) or "") for key in ("component", "cause", "fault")]
    return Moment(
        what="first-check" if event.event == "checked" else event.event,
        seconds=max(0.0, event.at - begin - paused_between(events, begin, event.at)),
        share=100 * (event.at - begin) / (end - begin),
        note=", ".join(part[:60] for part in said if part),
    )


def _pauses(events: Sequence[Event], begin: float, end: float) -> Iterator[Pause]:
    since = None
    for event in [*events, Event(at=end, event="resumed")]:
        if event.event == "paused" and since is None:
            since = max(event.at, begin)
        elif event.event == "resumed" and since is not None:
            until = min(event.at, end)
            if until > since:
                yield Pause(share=100 * (since - begin) / (end - begin), width=100 * (until - since) / (end - begin))
            since = None
