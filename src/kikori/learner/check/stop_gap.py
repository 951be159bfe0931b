"""``check --stop-gap``: whether users are served again, whatever is still broken."""

from __future__ import annotations

from collections.abc import Callable

from kikori.attempts import timing
from kikori.errors import Exit, KikoriError
from kikori.grading import grade
from kikori.grading.forkserver import USERS
from kikori.learner.check.false_alarm import refuse_guess
from kikori.learner.session import Session
from kikori.learner.trail import noted
from kikori.model import CheckResult, Lab, Report, Stage
from kikori.model.record import Record

SERVED = "served"
"""The event of a look that found users served."""


class UsersServed(Record):
    """What the checks of what users get say, and after how long users were first served again."""

    lab: str
    report: Report
    minutes: float | None
    """Since the break, without pauses; ``None`` as long as they never were."""
    next: str = "kikori check"

    @property
    def exit_code(self) -> Exit:
        """0 users are served, 1 they are not, 4 a check could not be run."""
        if self.report.broken:
            return Exit.OUR_FAULT
        return Exit.DONE if self.report.passed else Exit.CHECK_FAILED


def users_served(session: Session, *, found: Callable[[CheckResult], None] | None = None) -> UsersServed:
    """Ask whether users are served now, and keep when they first were: nothing else is decided by it.

    Raises:
        KikoriError: nothing is broken, the lab has no checks that ask it, or it may be a false alarm, and the learner
            has neither changed nor said anything.
    """
    with session.locked() as locked:
        attempt, lab = locked.attempt, locked.lab
        if attempt.stage is not Stage.BROKEN:
            raise KikoriError("A stop-gap helps while something is broken; nothing is.", "kikori status")
        if not asks_users(lab):
            raise KikoriError(f"{lab.id} has no checks of what users get alone.", "kikori check")
        refuse_guess(session, locked)
        with noted(session, attempt, "kikori check --stop-gap") as ended:
            file = session.store.folder(attempt.id) / "attempt.json"
            report = grade(lab, file, only=USERS, found=found, lang=session.lang)
            if report.passed:
                session.store.record(attempt, SERVED)
            seconds = timing(session.store.events(attempt)).to_served
            minutes = None if seconds is None else round(seconds / 60, 1)
            seen = UsersServed(lab=lab.id, report=report, minutes=minutes)
            ended.exit_code = seen.exit_code
        return seen


def asks_users(lab: Lab) -> bool:
    """Tell whether a lab has checks of what users get alone."""
    return any(f"pytest.mark.{USERS}" in file.read_text(encoding="utf-8") for file in lab.graders.glob("test_*.py"))
