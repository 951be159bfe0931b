"""The incident of a submission, as its learner told it, in one list with checks, commands and the lab's records."""

from __future__ import annotations

from kikori.attempts import since_last_break
from kikori.attempts.incident import in_words, stop_gap_in_words, stop_gaps, times
from kikori.attempts.timeline import DECLARED, Entry, timeline
from kikori.model.record import Record
from kikori.review.evidence.stored_texts import Paper
from kikori.settings import Lang

MOST_ENTRIES = 300
MOST_STOP_GAPS = 50


class IncidentRecord(Record):
    """What a person reads of it."""

    times: tuple[str, ...] = ()
    """How long it took to notice, to stop the bleeding and to fix, in sentences."""
    stop_gaps: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    more: int = 0
    """Entries that are left out."""


def incident(paper: Paper | None, lang: Lang) -> IncidentRecord:
    """Tell the incident, where one was declared."""
    if paper is None:
        return IncidentRecord()
    own = since_last_break(paper.events)
    if not any(event.event == DECLARED for event in own):
        return IncidentRecord()
    entries = timeline(paper.events, paper.trail, paper.lab_events, lang)
    return IncidentRecord(
        times=in_words(times(entries), lang),
        stop_gaps=tuple(stop_gap_in_words(one, lang) for one in stop_gaps(own)[:MOST_STOP_GAPS]),
        entries=entries[:MOST_ENTRIES],
        more=max(0, len(entries) - MOST_ENTRIES),
    )
