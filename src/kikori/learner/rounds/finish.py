"""What a submitted round reached, and where to go from there."""

from __future__ import annotations

from pathlib import Path

from kikori.attempts.rounds import Result, rounds
from kikori.learner.debrief import deciding_command
from kikori.learner.rounds import attempts_at
from kikori.learner.session import Session
from kikori.learner.status import ladder_of, listing
from kikori.model import Attempt, Command, Lab
from kikori.model.record import Record

HANDED_IN = {Result.SUBMITTED, Result.UNFINISHED}


class Place(Record):
    """A page of the site to go to."""

    id: str
    title: str


class Finish(Record):
    """One submitted round, as its learner sees it at the end."""

    minutes: float
    """By the clock that stops in a pause, up to the submission."""
    stated: int
    """Minutes that the lab's page says."""
    hints: int
    of: int
    """Hints that there were."""
    passed: int
    checks: int
    """Checks of the last report."""
    deciding: Command | None
    """The command that the explanation cites first."""
    file: str
    is_there: bool
    """Whether the file is still where it was written."""


class Onward(Record):
    """What follows a lab in the order of the courses."""

    module: Place
    """Its id is ``course/module``."""
    lab: Place | None
    """The next one that is not done; none where all are."""


def submitted_attempt(session: Session, lab: Lab) -> Attempt | None:
    """Find the last attempt at a lab of which the last round was submitted, stopped or not."""
    return next((one for one in reversed(attempts_at(session, lab)) if one.submitted), None)


def submission_file(session: Session, lab: Lab) -> Path | None:
    """Find the file that the last submission at a lab wrote, where it still is."""
    attempt = submitted_attempt(session, lab)
    file = Path(attempt.submitted) if attempt and attempt.submitted else None
    return file if file and file.suffix == ".kikori" and file.is_file() and not file.is_symlink() else None


def finish_of(session: Session, lab: Lab) -> Finish | None:
    """Tell what the last submitted round at a lab reached; nothing where none was submitted."""
    attempt = submitted_attempt(session, lab)
    found = rounds(session.store.events(attempt), has_faults=bool(lab.faults)) if attempt else ()
    last = next((one for one in reversed(found) if one.result in HANDED_IN), None)
    if attempt is None or last is None:
        return None
    reports = session.store.reports(attempt)
    outcomes = [one.outcome for one in reports[-1].checks] if reports else []
    return Finish(
        minutes=round(last.seconds / 60, 1),
        stated=lab.about.minutes,
        hints=last.hints,
        of=len(ladder_of(lab, attempt)),
        passed=sum(one == "passed" for one in outcomes),
        checks=len(outcomes),
        deciding=deciding_command(session, attempt),
        file=attempt.submitted or "",
        is_there=submission_file(session, lab) is not None,
    )


def onward(session: Session, lab: Lab) -> Onward:
    """Say what comes after a lab: its module's last lesson, and the next lab by the order of the courses."""
    place = f"{lab.about.course}/{lab.about.module}"
    titles = {
        f"{course.id}/{module.id}": module.about.title.lang(session.lang)
        for course in session.catalog.courses()
        for module in course.modules
    }
    rows = listing(session).labs
    at = next((number for number, row in enumerate(rows) if row.id == lab.id), 0)
    left = [row for row in (*rows[at + 1 :], *rows[:at]) if row.state != "done"]
    following = Place(id=left[0].id, title=left[0].title) if left else None
    return Onward(module=Place(id=place, title=titles.get(place, "")), lab=following)
