"""``rounds``, the record of a lab: each fault that was met, how long it took and how it ended."""

from __future__ import annotations

from kikori.attempts.rounds import Result, rounds
from kikori.learner.debrief import told_faults
from kikori.learner.session import Session
from kikori.model import Attempt, Fault, Lab
from kikori.model.record import Record


class LabRound(Record):
    """One round at a lab."""

    number: int
    """From 1, through all attempts at the lab."""
    attempt: str
    fault: str
    """Its name, once its debrief was read; else empty, since it may be met again."""
    cause: str
    """What was wrong, as its debrief says; kept back as the name is."""
    begun: float
    """In seconds since 1970 (UTC)."""
    ended: float | None
    minutes: float
    hints: int
    checks: int
    result: Result


class LabRecord(Record):
    """All rounds at a lab, the oldest first."""

    lab: str
    rounds: tuple[LabRound, ...]
    faults: int
    """How many the lab has to be met one at a time."""
    unmet: int
    """How many of them were not met yet."""
    next: str


def lab_record(session: Session) -> LabRecord:
    """Read the record of the lab that is named, or else of the one that runs.

    Raises:
        KikoriError: there is no such lab, or none was named and none runs.
    """
    lab = session.catalog.lab(session.named or session.attempt().lab)
    found = rounds_at(session, lab)
    left = len(unmet(session, lab))
    return LabRecord(
        lab=lab.id, rounds=found, faults=len(lab.single), unmet=left, next=_next(session, lab, bool(found and left))
    )


def _next(session: Session, lab: Lab, another: bool) -> str:
    if not any(one.lab == lab.id for one in session.store.running()):
        return f"kikori start {lab.id}"
    return "kikori break --another" if another else "kikori status"


def rounds_at(session: Session, lab: Lab) -> tuple[LabRound, ...]:
    """List the rounds of all attempts at a lab, stopped ones too."""
    told = told_faults(session, lab)
    met = [
        (attempt, one)
        for attempt in attempts_at(session, lab)
        for one in rounds(session.store.events(attempt), has_faults=bool(lab.faults))
    ]
    return tuple(
        LabRound(
            number=number,
            attempt=attempt.id,
            fault=one.fault if one.fault in told else "",
            cause=lab.faults[one.fault].about.cause.lang(session.lang) if one.fault in told & lab.faults.keys() else "",
            begun=one.begun,
            ended=one.ended,
            minutes=round(one.seconds / 60, 1),
            hints=one.hints,
            checks=one.checks,
            result=one.result,
        )
        for number, (attempt, one) in enumerate(met, 1)
    )


def attempts_at(session: Session, lab: Lab) -> list[Attempt]:
    """List all attempts at a lab, the oldest first."""
    return [attempt for attempt in session.store.all() if attempt.lab == lab.id]


def unmet(session: Session, lab: Lab) -> list[Fault]:
    """List the faults that no round at the lab has had yet, without false alarms and two at once."""
    met = {
        one.fault
        for attempt in attempts_at(session, lab)
        for one in rounds(session.store.events(attempt), has_faults=True)
    }
    return [fault for name, fault in lab.single.items() if name not in met]
