"""Reading the records of a lab's services into an attempt."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from kikori.attempts import since_last_break
from kikori.attempts.lab_events import keep
from kikori.attempts.timeline import SLACK
from kikori.attempts.timing import first_harm
from kikori.bilingual import sentence
from kikori.engine import Project
from kikori.engine.inspection.lab_events import MOST_BYTES, Recorded, recorded_in
from kikori.errors import KikoriError
from kikori.learner.session import Session
from kikori.model import Attempt, Event, Lab
from kikori.model.incident import EventSource, LabEvent
from kikori.settings import Lang

MOST = 500
"""Events of one record that a timeline takes."""


def read_lab_events(session: Session, attempt: Attempt, lab: Lab) -> tuple[tuple[LabEvent, ...], tuple[str, ...]]:
    """Read and keep the lab's records; tell what was not read.

    An engine that is away takes nothing of what is kept.
    """
    if not lab.about.events:
        return (), ()
    found: list[LabEvent] = []
    told: list[str] = []
    project, earliest = session.project(attempt, lab), _earliest(session.store.events(attempt))
    for source in lab.about.events:
        recorded, problem = _recorded(project, source, session.lang)
        since = [one for one in recorded.events if one.at >= earliest]
        found += since[:MOST]
        told += [problem] if problem else _left_out(source, recorded, len(since) - MOST, session.lang)
    return keep(session.store, attempt, found), tuple(told)


def _earliest(events: Sequence[Event]) -> float:
    """Tell from when on a line may be about this break."""
    begin = first_harm(events)
    oldest = min((time.time(), *(event.at for event in since_last_break(events))))
    return begin if oldest >= begin else oldest - SLACK


def _recorded(project: Project, source: EventSource, lang: Lang) -> tuple[Recorded, str]:
    """Read one record; without one, a sentence says why."""
    try:
        found = recorded_in(project.container(source.service), source)
        problem = sentence("source-none", lang, most=MOST_BYTES // 1024)
    except KikoriError as refused:
        found, problem = None, refused.message
    if found is not None:
        return found, ""
    told = sentence("source-unread", lang, path=source.path, service=source.service, problem=problem)
    return Recorded(events=()), told


def _left_out(source: EventSource, recorded: Recorded, more: int, lang: Lang) -> Iterator[str]:
    told = {"path": source.path, "service": source.service}
    if recorded.damaged:
        yield sentence("source-damaged", lang, count=recorded.damaged, **told)
    if more > 0:
        yield sentence("source-more", lang, count=more, most=MOST, **told)
