"""One list of all that happened since the break, in the order in which it was written down.

A clock may be set back. So what is written down here is ordered by its place in the logs: each event says after which
command of the trail it came. What a lab's services wrote has a time and nothing else, and is put where that says.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace

from kikori.attempts import entry_words
from kikori.attempts.store import AFTER
from kikori.attempts.timing import first_harm
from kikori.model import Command, Event
from kikori.model.incident import LabEvent
from kikori.model.record import Record
from kikori.settings import Lang

NOTICED, DECLARED, NOTED, RESOLVED = "noticed", "declared", "noted", "resolved"
STOP_GAP, TAKEN_BACK = "stop-gap", "taken-back"
"""The events that whoever responds to an incident writes down."""
CLOCK = "clock"
"""What an entry is that tells of a clock that was set back."""
TOLERANCE = 2.0
"""Seconds by which a clock that is kept right may step back."""
GAP = 300.0
"""Seconds without a command after which the next ones are told apart."""
SLACK = 300.0
"""Seconds before the first record on a clock that was set back in which the lab may have written something."""


class Entry(Record):
    """One line of the timeline."""

    at: float
    """By the clock, in seconds since 1970 (UTC)."""
    seconds: float
    """Since the break, pauses left out; never fewer than before, even where the clock was set back."""
    source: str
    """Whose word it is: responder, commands, machine, clock, or a record of the lab's services."""
    what: str
    text: str


def timeline(
    events: Sequence[Event], trail: Sequence[Command], offered: Sequence[LabEvent], lang: Lang
) -> tuple[Entry, ...]:
    """Join events, commands in short and the lab's records since the break."""
    timed = _timed(_since_break([*_in_sequence(events, trail)]))
    own = [entry for run in _runs(timed) for entry in _entries(run, lang)]
    return tuple(_joined(own, offered, lang, first_harm(events))) if own else ()


def _in_sequence(events: Sequence[Event], trail: Sequence[Command]) -> Iterator[Event | Command]:
    place = 0
    for event in events:
        while place < len(trail) and _came_before(place, trail[place], event):
            yield trail[place]
            place += 1
        yield event
    yield from trail[place:]


def _came_before(place: int, command: Command, event: Event) -> bool:
    after = event.detail.get(AFTER)
    if type(after) is int:
        return place < after
    return _moment(command) <= event.at  # an attempt that began before the place was kept


def _moment(one: Event | Command) -> float:
    """When it was written down; a command is, once it has ended."""
    return one.at if isinstance(one, Event) else one.at + one.seconds


def _since_break(records: list[Event | Command]) -> list[Event | Command]:
    breaks = [place for place, one in enumerate(records) if isinstance(one, Event) and one.event == "broke"]
    return records[breaks[-1] :] if breaks else records


class _Timed(NamedTuple):
    one: Event | Command
    seconds: float
    back: float
    """How far the clock had gone back when it was written down."""
    stop_gaps: int
    """How many there were by then."""

    @property
    def at(self) -> float:
        return _moment(self.one)


def _timed(records: Sequence[Event | Command]) -> Iterator[_Timed]:
    """Time each record on a clock that pauses and never goes back."""
    last = _moment(records[0]) if records else 0.0
    seconds, paused, stop_gaps = 0.0, False, 0
    for one in records:
        step = _moment(one) - last
        seconds += 0.0 if paused else max(0.0, step)
        last = max(last, _moment(one)) if step >= -TOLERANCE else _moment(one)
        if isinstance(one, Event):
            paused = one.event == "paused" or (paused and one.event != "resumed")
            stop_gaps += one.event == STOP_GAP
        yield _Timed(one, seconds, -step if step < -TOLERANCE else 0.0, stop_gaps)


def _runs(timed: Iterator[_Timed]) -> Iterator[list[_Timed]]:
    """Put commands of shells together that follow one another soon."""
    run: list[_Timed] = []
    for one in timed:
        if run and not (_is_typed(run[-1]) and _is_typed(one) and not one.back and one.at - run[-1].at < GAP):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _is_typed(timed: _Timed) -> bool:
    one = timed.one
    return isinstance(one, Command) and one.service != entry_words.OURS and not one.line.startswith(entry_words.EDITED)


def _entries(run: Sequence[_Timed], lang: Lang) -> Iterator[Entry]:
    """Tell a run of commands, or an event; before it, a clock set back."""
    first = run[0]
    if first.back:
        said = entry_words.of_clock(first.back, lang)
        yield Entry(at=first.at, seconds=first.seconds, source=CLOCK, what=CLOCK, text=said)
    if isinstance(first.one, Event):
        told = entry_words.of_event(first.one, first.stop_gaps, lang)
        if told:
            yield Entry(at=first.at, seconds=first.seconds, source=told[0], what=first.one.event, text=told[1])
        return
    commands = [one.one for one in run if isinstance(one.one, Command)]
    if text := entry_words.of_commands(commands, lang):
        yield Entry(at=first.at, seconds=first.seconds, source="commands", what="commands", text=text)


def _joined(own: list[Entry], offered: Sequence[LabEvent], lang: Lang, begin: float) -> Iterator[Entry]:
    """Put the lab's events where their times say, clock by clock."""
    spans = _spans(own)
    starts = [begin, *(span[0].at - SLACK for span in spans[1:])]
    placed: list[list[Entry]] = [[] for _ in spans]
    for _, written in groupby(sorted(offered, key=attrgetter("kind")), key=attrgetter("kind")):
        for place, segment in _segments(written, starts):
            placed[place] += [_offered(one, lang) for one in segment if one.at >= starts[place]]
    for span, more in zip(spans, placed, strict=True):
        yield span[0]
        yield from _merged(span, sorted(more, key=attrgetter("at")))


def _segments(written: Iterator[LabEvent], starts: Sequence[float]) -> Iterator[tuple[int, list[LabEvent]]]:
    """Cut a record where its clock was set back; gives each part's span.

    What comes before the break, or fits nowhere, is left out.
    """
    parts: list[list[LabEvent]] = [[]]
    for one in written:
        if parts[-1] and one.at < parts[-1][-1].at - TOLERANCE:
            parts.append([])
        parts[-1].append(one)
    place = -1
    for number, part in enumerate(parts):
        last = max(one.at for one in part)
        if number == 0 and len(parts) > 1 and last < starts[0]:
            continue
        fitting = (*range(place + 1, len(starts)), *range(max(place, 0), len(starts)))
        found = next((one for one in fitting if last >= starts[one]), None)
        if found is not None:
            place = found
            yield found, part


def _spans(own: Sequence[Entry]) -> list[list[Entry]]:
    """Cut where the clock was set back."""
    spans: list[list[Entry]] = [[]]
    for entry in own:
        if entry.what == CLOCK and spans[-1]:
            spans.append([])
        spans[-1].append(entry)
    return spans


def _offered(one: LabEvent, lang: Lang) -> Entry:
    text = (one.ja if lang == "ja" else "") or one.en
    return Entry(at=one.at, seconds=0.0, source=one.kind.value, what=one.kind.value, text=" ".join(text.split()))


def _merged(span: Sequence[Entry], more: Sequence[Entry]) -> Iterator[Entry]:
    """Merge by the clock; the lab's events count from what came before."""
    own = span[0]
    for entry in heapq.merge(span[1:], more, key=attrgetter("at")):
        if entry.source not in entry_words.LAB_SOURCES:
            own = entry
            yield entry
        else:
            yield replace(entry, seconds=own.seconds + max(0.0, entry.at - own.at))
