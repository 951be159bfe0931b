"""``incident``: notice it, declare it, note, tell of stop-gaps, call it resolved; all in the attempt's own events."""

from __future__ import annotations

from collections.abc import Sequence

from kikori.attempts import since_last_break
from kikori.attempts.incident import StopGap, severity_now, stop_gaps
from kikori.attempts.timeline import DECLARED, NOTED, NOTICED, RESOLVED, STOP_GAP, TAKEN_BACK, timeline
from kikori.errors import KikoriError
from kikori.learner.check.stop_gap import asks_users
from kikori.learner.session import UNFINISHED, Session, refuse_cut_off, refuse_unfinished
from kikori.model import Attempt, Event, Lab, Stage
from kikori.model.record import Record

DECLARE = 'kikori incident declare --severity 2 "what users meet"'
STOP_GAPS = 'kikori incident stop-gap "what" --risk "what it may cost" --until "when it is taken back"'
LONGEST = 500
"""Letters of one line."""


class Said(Record):
    """What was written down."""

    lab: str
    event: str
    minutes: float
    """Since the break, pauses left out."""
    number: int
    """Of the stop-gap that it is about; 0 where it is about none."""
    in_place: tuple[StopGap, ...]
    """Stop-gaps that were not taken back."""
    next: str


def notice(session: Session, words: Sequence[str]) -> Said:
    """Say that something is wrong, before it is clear what.

    Raises:
        KikoriError: nothing is broken, or it was noticed or declared before.
    """
    attempt, lab, own = _at_work(session)
    if any(event.event in (NOTICED, DECLARED) for event in own):
        raise KikoriError("It was noticed before; the first time counts.", DECLARE)
    text = _line(words, 'kikori incident noticed "the pager rings"') if words else ""
    return _write(session, attempt, lab, NOTICED, text=text)


def declare(session: Session, severity: int, words: Sequence[str]) -> Said:
    """Declare an incident with its severity; again, where that has changed.

    Raises:
        KikoriError: nothing is broken, it is declared already, or the words are none.
    """
    attempt, lab, own = _at_work(session)
    if severity_now(own) == severity:
        message = f"The incident is declared already, with severity {severity}."
        raise KikoriError(message, 'kikori incident note "what you see"')
    return _write(session, attempt, lab, DECLARED, severity=severity, text=_line(words, DECLARE))


def note(session: Session, words: Sequence[str]) -> Said:
    """Write down what is seen, thought or decided.

    Raises:
        KikoriError: no incident was declared, or the words are none.
    """
    attempt, lab, own = _at_work(session)
    _refuse_undeclared(own)
    return _write(session, attempt, lab, NOTED, text=_line(words, 'kikori incident note "what you see"'))


def stop_gap(session: Session, words: Sequence[str], risk: str, until: str) -> Said:
    """Tell what serves users until the fix, its risk and its end.

    Raises:
        KikoriError: no incident is open, or one of the three is missing.
    """
    attempt, lab, own = _at_work(session)
    _refuse_closed(own)
    told = {
        "what": _line(words, STOP_GAPS),
        "risk": _line([risk], STOP_GAPS, "--risk"),
        "until": _line([until], STOP_GAPS, "--until"),
    }
    return _write(session, attempt, lab, STOP_GAP, number=len(stop_gaps(own)) + 1, **told)


def take_back(session: Session, number: int, words: Sequence[str]) -> Said:
    """Tell that a stop-gap was taken back.

    Raises:
        KikoriError: there is none of that number, or it was taken back before.
    """
    attempt, lab, own = _at_work(session)
    _refuse_undeclared(own)
    known = {one.number: one for one in stop_gaps(own)}
    if number not in known:
        told = f"the last is {len(known)}" if known else "none was told of"
        raise KikoriError(f"There is no stop-gap {number}: {told}.", "kikori incident timeline")
    if known[number].taken_back:
        raise KikoriError(f"Stop-gap {number} was taken back already.", "kikori incident timeline")
    text = _line(words, "kikori incident stop-gap --taken-back 1") if words else ""
    return _write(session, attempt, lab, TAKEN_BACK, number=number, text=text)


def resolve(session: Session, words: Sequence[str]) -> Said:
    """Say that users are served, and that nobody needs to hurry.

    Raises:
        KikoriError: no incident is open, or the words are none.
    """
    attempt, lab, own = _at_work(session)
    _refuse_closed(own)
    return _write(session, attempt, lab, RESOLVED, text=_line(words, 'kikori incident resolved "what ended it"'))


def _at_work(session: Session) -> tuple[Attempt, Lab, Sequence[Event]]:
    """Give the broken attempt, its lab, and its events since the break.

    No lock is taken: a line is added at once and whole, and a check that runs must keep nobody from a note. While a
    command changes what is broken, it is that command that is told, and not that it was cut short.
    """
    attempt = session.attempt()
    lab = session.lab(attempt)
    if attempt.stage in UNFINISHED:
        with session.store.hold(attempt.lab):
            refuse_unfinished(session.attempt())
        attempt = session.attempt()
    refuse_cut_off(attempt)
    if lab.faults and attempt.stage is Stage.HEALTHY:
        raise KikoriError(f"Nothing is broken in {lab.id}, so there is no incident.", lab.first_look)
    return attempt, lab, since_last_break(session.store.events(attempt))


def _refuse_undeclared(own: Sequence[Event]) -> None:
    if not any(event.event == DECLARED for event in own):
        raise KikoriError("No incident is declared.", DECLARE)


def _refuse_closed(own: Sequence[Event]) -> None:
    _refuse_undeclared(own)
    if not severity_now(own):
        raise KikoriError("The incident is called resolved. If it goes on, declare it again.", DECLARE)


def _line(words: Sequence[str], example: str, name: str = "TEXT") -> str:
    """Make one line of what was typed.

    Raises:
        KikoriError: it is empty, too long, or no text.
    """
    text = " ".join(" ".join(words).split())
    if not text:
        raise KikoriError(f"{name} is empty: people who were not there read the timeline.", example)
    if len(text) > LONGEST:
        raise KikoriError(f"{name} has {len(text)} letters; a line of the timeline has at most {LONGEST}.", example)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise KikoriError(f"{name} is no UTF-8 text.", example) from None
    return text


def _write(session: Session, attempt: Attempt, lab: Lab, event: str, **told: str | int) -> Said:
    session.store.record(attempt, event, **told)
    events = session.store.events(attempt)
    entries = timeline(events, session.store.trail(attempt), (), session.lang)
    seconds = next((one.seconds for one in reversed(entries) if one.what == event), 0.0)
    number = told.get("number", 0)
    return Said(
        lab=lab.id,
        event=event,
        minutes=round(seconds / 60, 1),
        number=number if isinstance(number, int) else 0,
        in_place=tuple(one for one in stop_gaps(since_last_break(events)) if not one.taken_back),
        next=_next(attempt, lab, event),
    )


def _next(attempt: Attempt, lab: Lab, event: str) -> str:
    """Lead to what a machine can see of what was said."""
    if attempt.stage is Stage.FIXED:
        return "kikori incident timeline"
    if event == NOTICED:
        return DECLARE
    if event == STOP_GAP and lab.faults and asks_users(lab):
        return "kikori check --stop-gap"
    return "kikori check" if event in (RESOLVED, TAKEN_BACK) else "kikori shell"
