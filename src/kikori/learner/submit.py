"""``submit``: the attempt as one file."""

from __future__ import annotations

from pathlib import Path

from kikori import explanation_rules
from kikori.attempts.enrolment import is_practice
from kikori.errors import KikoriError
from kikori.learner.incident.lab_events import read_lab_events
from kikori.learner.session import LockedAttempt, Session, refuse_setters_fault
from kikori.model import Stage
from kikori.model.record import Record
from kikori.submission import pack


class Submitted(Record):
    """A submission that was written."""

    lab: str
    file: str
    size: int
    """In bytes."""
    practice: bool = False
    """Whether a cohort was joined, and the attempt does not count there."""
    next: str = "kikori stop"


def submit(session: Session, folder: str, *, unfinished: bool = False) -> Submitted:
    """Pack the attempt into a file in ``folder``; ``unfinished`` takes it as it is, for partial credit.

    Raises:
        KikoriError: the checks have not passed, or the explanation is missing.
        EnvironmentProblem: the file can't be written.
    """
    target = Path(folder).absolute()
    if not target.is_dir():
        raise KikoriError(f"{target} is no folder.", f"mkdir -p {target}")
    with session.locked() as locked:
        refuse_setters_fault(locked)
        if not unfinished:
            _refuse_unready(session, locked)
        read_lab_events(session, locked.attempt, locked.lab)
        session.store.record(locked.attempt, "submitted")
        with session.steps.step("Packing the submission"):
            file = pack(session.store, locked.project, target)
        session.store.move(locked.attempt, submitted=str(file))
        return Submitted(
            lab=locked.lab.id, file=str(file), size=file.stat().st_size, practice=is_practice(locked.attempt)
        )


def _refuse_unready(session: Session, locked: LockedAttempt) -> None:
    if locked.attempt.stage is not Stage.FIXED:
        raise KikoriError("Not everything is fixed yet, as far as the checks know.", "kikori check")
    file = session.store.folder(locked.attempt.id) / "explanation.md"
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    if explanation_rules.problems(text, locked.lab, session.store.trail(locked.attempt)):
        raise KikoriError("The explanation is not accepted yet, and it is half of the work.", "kikori explain")
