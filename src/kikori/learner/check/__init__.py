"""``check``: grade, deploy the workspace anew and restart every service, grade again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from kikori.engine import Service
from kikori.errors import EnvironmentProblem, Exit, WorkspaceProblem
from kikori.grading import grade
from kikori.grading.host_load import Load
from kikori.learner.check import false_alarm
from kikori.learner.session import LockedAttempt, Session, refuse_setters_fault
from kikori.learner.status import after_explaining
from kikori.learner.trail import edited_since_deploy, keep_live, noted
from kikori.model import Attempt, CheckResult, Lab, Report, Stage
from kikori.model.record import Record
from kikori.submission import DISPUTE, pack

Found = Callable[[CheckResult], None]


class Checked(Record):
    """What a check found, before and after a restart of every service."""

    lab: str
    passed: bool
    report: Report
    after_restart: Report | None
    """``None`` where something failed before, or a quick check was asked for."""
    explained: bool
    next: str
    moved: tuple[Service, ...] = ()
    """The services that are reached at another address since they were started again."""
    edited: tuple[str, ...] = ()
    """Files of the workspace that were edited since it was last put live."""
    dispute: str = ""
    """The file for the lab's author, where the learner disputes the verdict."""

    @property
    def exit_code(self) -> Exit:
        """0 all passed, 1 a check failed, 3 the computer was too busy to say, 4 a check could not be run."""
        last = self.after_restart or self.report
        if last.broken:
            return Exit.OUR_FAULT
        if last.undecided:
            return Exit.ENVIRONMENT
        return Exit.DONE if self.passed else Exit.CHECK_FAILED


def check(
    session: Session, *, quick: bool = False, found: Found | None = None, dispute_in: Path | None = None
) -> Checked:
    """Grade the attempt; when all is passed redeploy, restart every service and grade again, unless ``quick``.

    ``dispute_in`` is a folder: there a file is written with which the lab's author can replay a refused fix.

    Raises:
        EnvironmentProblem: a container is gone, so there is nothing to grade.
        WorkspaceProblem: the workspace can't be deployed as it is, whatever is live.
        KikoriError: it may be a false alarm, and the learner has neither changed nor said anything.
    """
    with session.locked() as locked:
        _refuse_missing(locked)
        if dispute_in:
            refuse_setters_fault(locked)
        false_alarm.refuse_guess(session, locked)
        with noted(session, locked.attempt, "kikori check --quick" if quick else "kikori check") as ended:
            seen = _looked(session, locked, found, quick=quick)
            ended.exit_code = seen.exit_code
        if dispute_in and not seen.passed:
            return msgspec.structs.replace(seen, dispute=_disputed(session, locked, dispute_in))
        return seen


def _looked(session: Session, locked: LockedAttempt, found: Found | None, *, quick: bool) -> Checked:
    before = {one.name: one.addresses for one in locked.project.states()}
    report = _graded(session, locked, found)
    again = None
    if report.passed and not quick:
        _redeploy(session, locked, report)
        again = msgspec.structs.replace(_graded(session, locked, found), after_restart=True)
    attempt = _noted(session, locked, report, again)
    passed = report.passed and (again is None or again.passed)
    return Checked(
        lab=locked.lab.id,
        passed=passed,
        report=report,
        after_restart=again,
        explained=attempt.explained,
        edited=edited_since_deploy(session, locked.attempt),
        moved=tuple(one for one in locked.project.states() if again and one.addresses != before.get(one.name)),
        next="kikori check" if (again or report).undecided else _next(locked.lab, attempt, passed),
    )


def _redeploy(session: Session, locked: LockedAttempt, report: Report) -> None:
    """Deploy the workspace anew; where that can't be done, what was live until then fixes nothing.

    Raises:
        WorkspaceProblem: the workspace can't be deployed as it is.
    """
    try:
        locked.project.redeploy(session.steps)
        keep_live(session, locked.attempt)
    except WorkspaceProblem:
        session.store.add_report(locked.attempt, report)
        session.store.record(locked.attempt, "checked", passed=False, quick=False)
        if locked.attempt.stage is Stage.FIXED:
            session.store.move(locked.attempt, stage=Stage.BROKEN)
        raise


def _disputed(session: Session, locked: LockedAttempt, folder: Path) -> str:
    session.store.record(locked.attempt, "disputed")
    return str(pack(session.store, locked.project, folder, DISPUTE))


def _refuse_missing(locked: LockedAttempt) -> None:
    gone = [service.name for service in locked.project.states() if service.state == "missing"]
    if gone:
        raise EnvironmentProblem(f"The container of {', '.join(gone)} is gone; nothing can be checked.", "kikori reset")


def _graded(session: Session, locked: LockedAttempt, found: Found | None) -> Report:
    attempt = session.store.folder(locked.attempt.id) / "attempt.json"
    own = [str(container.id) for container in locked.project.containers().values()]
    with Load(own).watched() as load:
        report = grade(locked.lab, attempt, found=found, lang=session.lang, load=load)
    return false_alarm.judged(session, locked, report, found)


def _noted(session: Session, locked: LockedAttempt, report: Report, again: Report | None) -> Attempt:
    """Keep the reports; only a fix that lives through a restart counts as one."""
    for one in filter(None, (report, again)):
        session.store.add_report(locked.attempt, one)
    passed = report.passed and again is not None and again.passed
    session.store.record(locked.attempt, "checked", passed=passed, quick=again is None and report.passed)
    if passed and _has_work(locked):
        if locked.attempt.stage is not Stage.FIXED:
            session.store.record(locked.attempt, "mended")
        return session.store.move(locked.attempt, stage=Stage.FIXED)
    if locked.attempt.stage is Stage.FIXED and not report.passed and not report.undecided:
        return session.store.move(locked.attempt, stage=Stage.BROKEN)
    return locked.attempt


def _has_work(locked: LockedAttempt) -> bool:
    """Whether there was something to fix or build; a healthy repair lab has nothing yet."""
    return not locked.lab.faults or locked.attempt.stage is not Stage.HEALTHY


def _next(lab: Lab, attempt: Attempt, passed: bool) -> str:
    if not passed:
        return "kikori hint"
    if attempt.stage is Stage.HEALTHY and lab.faults:
        return "kikori break"
    if attempt.stage is not Stage.FIXED:
        return "kikori check"
    return after_explaining(attempt, lab) if attempt.explained else "kikori explain"
