"""The demands of design.md §4, one function each; a lab that does not meet one raises ``Breach``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kikori.errors import KikoriError
from kikori.model import Change, CheckResult, Exercise, Fault, Outcome, Report
from kikori.prove.proof import Breach
from kikori.prove.rehearsal import Rehearsal

LEAST = 2  # fixes and traps for each fault
WORST = (Outcome.FAILED, Outcome.ERROR, Outcome.BLOCKED)
"""Which check is told of: one that is blocked only waits for one of the others."""


def healthy(stage: Rehearsal) -> None:
    """Every check passes on the healthy scene, twice in a row; a stop leaves nothing."""
    stage.reset()
    for time in ("first", "second"):
        _all_passed(stage.grade(), stage.lab.graders, f"on the healthy scene, the {time} time")
    _leaves_nothing(stage)


def unfinished(stage: Rehearsal) -> None:
    """With the untouched workspace a check fails, every guard passes and none errors, twice; a stop leaves nothing."""
    _enough(stage.lab.exercises[0])
    stage.reset()
    for _ in range(2):
        _shows(stage.grade(), stage.lab.folder / "workspace")
    _leaves_nothing(stage)


def _leaves_nothing(stage: Rehearsal) -> None:
    left = stage.stop()
    if left:
        raise Breach(stage.lab.compose, f"a stop leaves {', '.join(left)} behind")


def fault_shows(stage: Rehearsal, fault: Fault, *, replay: bool = True) -> None:
    """After the break a check fails, every guard passes and none errors; the first of its fixes mends it."""
    _enough(fault)
    stage.reset()
    _carried_out(lambda: stage.put(fault), fault.breaking)
    _shows(stage.grade(), fault.breaking.path)
    _mends(stage, fault.fixes[0], replay)


def fix_mends(stage: Rehearsal, exercise: Exercise, fix: Change, *, replay: bool = True) -> None:
    """After a right fix every check passes: at once, after a restart of every service, and in a replay."""
    _begin(stage, exercise)
    _mends(stage, fix, replay)


def _mends(stage: Rehearsal, fix: Change, replay: bool) -> None:
    _carried_out(lambda: stage.change(fix), fix)
    _all_passed(stage.grade(), fix.path, "after the fix")
    stage.restart()
    _all_passed(stage.grade(), fix.path, "after the fix and a restart of every service")
    if replay:
        _all_passed(stage.replayed(), fix.path, "in a replay of the submission made from it")
    if fix == stage.lab.exercises[0].fixes[0]:
        _as_at_first(stage, f"the fix {fix.name}")


def trap_fails(stage: Rehearsal, exercise: Exercise, trap: Change) -> None:
    """After a trap the check that it names fails, at once or after a restart of every service.

    Only that check is asked, and what it needs; all of them are where it does not fail, for what an author must know.
    """
    _begin(stage, exercise)
    _fails(stage, trap)


def traps_fail(stage: Rehearsal, traps: Sequence[Change], fix: Change) -> None:
    """One trap after the other fails in one scene, as for a learner who tries them all; then a right fix still mends.

    What a trap did to the workspace is taken back before the next; where something else is in its way that another one
    left, it gets a scene of its own. That the fix mends shows that no trap failed for such a thing either.
    """
    stage.reset()
    for trap in traps:
        stage.renew_workspace()
        try:
            _fails(stage, trap)
        except Breach:
            stage.reset()
            _fails(stage, trap)
    stage.renew_workspace()
    _carried_out(lambda: stage.change(fix), fix)
    _all_passed(stage.grade(), fix.path, "after every trap, and then the fix")


def _fails(stage: Rehearsal, trap: Change) -> None:
    _carried_out(lambda: stage.change(trap), trap)
    if not _caught(stage, trap):
        stage.restart()
        if not _caught(stage, trap):
            _fails_at(stage.grade(), trap)


def _begin(stage: Rehearsal, exercise: Exercise) -> None:
    """Bring the scene to where a learner begins to work."""
    stage.reset()
    if isinstance(exercise, Fault):
        stage.put(exercise)


def _as_at_first(stage: Rehearsal, where: str) -> None:
    """After a reset the scene is as it was before anything was done to it.

    Asked once, when it was broken, mended and restarted: a reset makes the scene anew, whatever it was.
    """
    stage.reset()
    report = stage.grade()
    if stage.lab.faults:
        _all_passed(report, stage.lab.compose, f"after a reset from {where}")
    else:
        _shows(report, stage.lab.compose)


def _enough(exercise: Exercise) -> None:
    what = "fault" if isinstance(exercise, Fault) else "unfinished work"
    for kind, changes in (("fixes", exercise.fixes), ("traps", exercise.traps)):
        if len(changes) < LEAST:
            raise Breach(exercise.folder / kind, f"{len(changes)} {kind}; each {what} has at least {LEAST}")


def _carried_out(work: Callable[[], None], change: Change) -> None:
    try:
        work()
    except KikoriError as problem:
        raise Breach(change.path, f"could not be carried out: {problem.message}") from None


def _all_passed(report: Report, file: Path, when: str) -> None:
    bad = [check for check in report.checks if check.outcome is not Outcome.PASSED]
    if bad:
        worst = min(bad, key=lambda check: WORST.index(check.outcome))
        raise Breach(file, f"{when}, {told(worst)}")


def _shows(report: Report, file: Path) -> None:
    _no_error(report, file)
    for check in report.checks:
        if check.guard and check.outcome is not Outcome.PASSED:
            raise Breach(file, f"breaks a guard: {told(check)}")
    if not any(check.outcome is Outcome.FAILED for check in report.checks):
        raise Breach(file, "no check fails: nobody would notice this fault")


def _no_error(report: Report, file: Path) -> None:
    for check in report.checks:
        if check.outcome is Outcome.ERROR:
            raise Breach(file, f"the grader itself breaks: {told(check)}")


def _caught(stage: Rehearsal, trap: Change) -> bool:
    report = stage.grade(trap.fails)
    _no_error(report, trap.path)
    named = report.of(trap.fails)
    return named is not None and named.outcome is Outcome.FAILED


def _fails_at(report: Report, trap: Change) -> None:
    _no_error(report, trap.path)
    if not trap.fails:
        raise Breach(trap.path, "names no check: write '# fails: test_…' in its first lines")
    named = report.of(trap.fails)
    if named is None:
        raise Breach(trap.path, f"names {trap.fails}, and the grader has no such check")
    if report.passed:
        raise Breach(trap.path, "every check passes: the grader accepts a wrong fix")
    if named.outcome is not Outcome.FAILED:
        seen = [check.id for check in report.checks if check.outcome is Outcome.FAILED]
        raise Breach(trap.path, f"{trap.fails} is {named.outcome}; what fails is {', '.join(seen)}")


def told(check: CheckResult) -> str:
    """A check and its outcome, as an author reads it."""
    return f"{check.id} is {check.outcome}: {check.reason or check.title}"
