"""``incident timeline``: what happened since the break, in one list, on the screen or as Markdown to hand on."""

from __future__ import annotations

import time
from collections.abc import Iterator

from kikori.attempts import since_last_break
from kikori.attempts.entry_words import of_source
from kikori.attempts.incident import StopGap, Times, in_words, stop_gap_in_words, stop_gaps, times
from kikori.attempts.timeline import Entry, timeline
from kikori.bilingual import sentence
from kikori.errors import KikoriError
from kikori.learner.incident.lab_events import read_lab_events
from kikori.learner.session import Session
from kikori.learner.status import next_command
from kikori.model.record import Record
from kikori.settings import Lang
from kikori.visible_text import plain_markdown


class Timeline(Record):
    """What happened since the break, and how long it took."""

    lab: str
    lang: Lang
    times: Times
    stop_gaps: tuple[StopGap, ...]
    entries: tuple[Entry, ...]
    told: tuple[str, ...]
    """What of the lab's own records could not be read, and why."""
    next: str


def read_timeline(session: Session) -> Timeline:
    """Join the responder's words, commands, checks and the lab's records.

    Raises:
        KikoriError: no attempt runs, or nothing was broken in it yet.
    """
    attempt = session.attempt()
    lab = session.lab(attempt)
    events = session.store.events(attempt)
    own = since_last_break(events)
    if lab.faults and not any(event.event == "broke" for event in own):
        raise KikoriError(f"Nothing was broken in {lab.id} yet, so there is no timeline.", next_command(attempt, lab))
    offered, told = read_lab_events(session, attempt, lab)
    entries = timeline(events, session.store.trail(attempt), offered, session.lang)
    return Timeline(
        lab=lab.id,
        lang=session.lang,
        times=times(entries),
        stop_gaps=stop_gaps(own),
        entries=entries,
        told=told,
        next=next_command(attempt, lab),
    )


def elapsed(entry: Entry) -> str:
    """Say how long after the break something happened: hours, minutes and seconds."""
    minutes, seconds = divmod(int(entry.seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def clock_of(entry: Entry) -> str:
    """Say what this computer's clock showed."""
    return time.strftime("%H:%M:%S", time.localtime(entry.at))


def columns(lang: Lang) -> list[str]:
    """Name the columns of the list."""
    return sentence("timeline-columns", lang).split(", ")


def row(entry: Entry, lang: Lang) -> tuple[str, str, str, str]:
    """Tell one entry in those columns."""
    return elapsed(entry), clock_of(entry), of_source(entry.source, lang), entry.text


def clock_in_words(found: Timeline) -> str:
    """Say which clock the list goes by, and from which day on."""
    begin = time.localtime(found.entries[0].at if found.entries else None)
    return sentence("timeline-clock", found.lang, zone=time.strftime("UTC%z", begin), day=time.strftime("%F", begin))


def markdown_of(found: Timeline) -> str:
    """Write a timeline to hand on; nothing typed is markup in it."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Timeline) -> Iterator[str]:
    lang = found.lang
    yield from _headed(1, sentence("timeline-title", lang, lab=found.lab))
    yield from (clock_in_words(found), "")
    yield from _headed(2, sentence("timeline-times", lang))
    yield from (*(f"- {line}" for line in in_words(found.times, lang)), "")
    if found.stop_gaps:
        yield from _headed(2, sentence("timeline-stop-gaps", lang))
        yield from (*(f"- {plain_markdown(stop_gap_in_words(one, lang))}" for one in found.stop_gaps), "")
    yield from _headed(2, sentence("timeline-entries", lang))
    titles = columns(lang)
    yield from (f"| {' | '.join(titles)} |", f"|{'---|' * len(titles)}")
    yield from (f"| {' | '.join(map(plain_markdown, row(entry, lang)))} |" for entry in found.entries)
    if found.told:
        yield from ("", *(f"- {plain_markdown(line)}" for line in found.told))


def _headed(level: int, title: str) -> tuple[str, str]:
    return f"{'#' * level} {title}", ""
