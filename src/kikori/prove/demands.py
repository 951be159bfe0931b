"""The demands of design.md §4, one function each; a lab that does not meet one raises ``DemandFailed``."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from kikori.engine.images import Image
from kikori.engine.services import unwell
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.grading.forkserver import USERS
from kikori.grading.run import told, why_not_passed, why_not_shown
from kikori.model import Change, Exercise, Fault, Lab, Outcome, Report
from kikori.prove.proof import DemandFailed
from kikori.prove.scene import ProofScene, proof_scene
from kikori.replay.verdict import NotAFix

LEAST = 2  # fixes and traps for each fault


class Unmet(NamedTuple):
    """Why a demand is not met."""

    told: str
    by_environment: bool = False
    """Docker, the disk or the network stood in the way, which says nothing of the lab."""


def execute(
    lab: Lab, work: Callable[[ProofScene], None], seed: int, unwanted: threading.Event, fresh: set[Image]
) -> Unmet | None:
    """Execute a demand in a throw-away attempt; gives why it is not met.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    try:
        with proof_scene(lab, seed, unwanted=unwanted, fresh=fresh) as stage:
            try:
                work(stage)
            except DemandFailed as breach:  # told while the scene still stands
                return Unmet("; ".join([str(breach), *unwell(stage.attempt.project)]))
    except KikoriError as problem:
        return Unmet(f"{lab.folder}: {problem.message}", isinstance(problem, EnvironmentProblem))
    return None


def healthy(stage: ProofScene, *, brief: bool = False) -> None:
    """Every check passes on the healthy scene, twice in a row unless ``brief``; a stop leaves nothing."""
    stage.reset()
    for time in ("first",) if brief else ("first", "second"):
        _all_passed(stage.grade(), stage.lab.graders, f"on the healthy scene, the {time} time")
    _leaves_nothing(stage)


def unfinished(stage: ProofScene, *, brief: bool = False) -> None:
    """With the untouched workspace a check fails, every guard passes and none errors; a stop leaves nothing.

    So it is twice in a row, unless ``brief``.
    """
    _enough(stage.lab.exercises[0])
    stage.reset()
    for _ in range(1 if brief else 2):
        _shows(stage.grade(), stage.lab.folder / "workspace")
    _leaves_nothing(stage)


def _leaves_nothing(stage: ProofScene) -> None:
    left = stage.stop()
    if left:
        raise DemandFailed(stage.lab.compose, f"a stop leaves {', '.join(left)} behind")


def fault_shows(stage: ProofScene, fault: Fault, *, restarts: bool = True) -> None:
    """After the break a check fails, every guard passes and none errors, in a replay too; its first fix works.

    Where a replay shows it in a scene of its own, which costs as much as a demand, the first fault of a lab does.
    ``restarts`` is as in ``fix_works``.
    """
    _enough(fault)
    stage.reset()
    _carried_out(lambda: stage.put(fault), fault.breaking[-1])
    _shows(stage.grade(), fault.breaking[-1].path)
    shows = not stage.lab.workspace or fault == stage.lab.exercises[0]
    _mends(stage, fault.fixes[0], shows=shows, restarts=restarts)


def stop_gap_serves(stage: ProofScene, fault: Fault, stop_gap: Change) -> None:
    """After a stop-gap the checks of what users get pass, and not all do: it is no fix."""
    _begin(stage, fault)
    _carried_out(lambda: stage.change(stop_gap), stop_gap)
    _all_passed(stage.grade(USERS), stop_gap.path, "after the stop-gap")
    stage.restart()
    if stage.grade().passed:
        raise DemandFailed(stop_gap.path, "every check passes after a restart: it is a fix, and belongs into fixes/")


def alarm_is_false(stage: ProofScene, fault: Fault, *, restarts: bool = True) -> None:
    """After the break every check passes, after a restart and in a replay too: nothing is broken."""
    if len(fault.traps) < LEAST:
        raise DemandFailed(fault.folder / "traps", f"{len(fault.traps)} traps; each false alarm has at least {LEAST}")
    _begin(stage, fault)
    path = fault.breaking[-1].path
    _all_passed(stage.grade(), path, "after a break that breaks nothing")
    if restarts:
        stage.restart()
        _all_passed(stage.grade(), path, "after a break that breaks nothing and a restart of every service")
    _all_passed(stage.replayed(), path, "in a replay of a submission that changed nothing")


def change_is_needless(stage: ProofScene, fault: Fault, trap: Change) -> None:
    """A replay refuses a workspace that was changed although nothing was broken."""
    _begin(stage, fault)
    _carried_out(lambda: stage.change(trap), trap)
    try:
        stage.replayed()
    except NotAFix:
        return
    raise DemandFailed(trap.path, "a replay accepts a change of what works")


def fix_works(stage: ProofScene, exercise: Exercise, fix: Change, *, restarts: bool = True) -> None:
    """After a right fix every check passes: at once, after a new deploy and a restart, and in a replay.

    Unless it ``restarts`` the replay, which is deployed and restarted itself, stands for that.
    """
    _begin(stage, exercise)
    _mends(stage, fix, shows=False, restarts=restarts)  # that the fault shows is a demand of its own


def _mends(stage: ProofScene, fix: Change, *, shows: bool, restarts: bool) -> None:
    _carried_out(lambda: stage.change(fix), fix)
    _all_passed(stage.grade(), fix.path, "after the fix")
    if restarts:
        stage.restart()
        _all_passed(stage.grade(), fix.path, "after the fix and a restart of every service")
    _all_passed(stage.replayed(shows=shows), fix.path, "in a replay of the submission made from it")
    if fix == stage.lab.exercises[0].fixes[0]:
        _as_at_first(stage, f"the fix {fix.name}")


def trap_fails(stage: ProofScene, exercise: Exercise, trap: Change) -> None:
    """After a trap the check that it names fails, at once or after a restart of every service.

    Only that check is asked, and what it needs; all of them are where it does not fail, for what an author must know.
    """
    _begin(stage, exercise)
    _fails(stage, trap)


def traps_fail(stage: ProofScene, exercise: Exercise, traps: Sequence[Change], fix: Change) -> None:
    """Each trap fails in one scene, one after the other; then a right fix works.

    So it is for a learner who tries them all. The broken scene is made once. What a trap did to the workspace is taken
    back before the next; where something else is in its way that another one left, it gets a scene of its own. That
    that the fix works shows that no trap left what would hold it up; where it does not, every trap has to fail apart.
    """
    _begin(stage, exercise)
    for trap in traps:
        _renew(stage, exercise)
        try:
            _fails(stage, trap)
        except DemandFailed:
            _begin(stage, exercise)
            _fails(stage, trap)
    _renew(stage, exercise)
    _carried_out(lambda: stage.change(fix), fix)
    if not stage.grade().passed:
        _fail_apart(stage, exercise, traps, fix)


def _fail_apart(stage: ProofScene, exercise: Exercise, traps: Sequence[Change], fix: Change) -> None:
    """Each trap fails in a scene of its own, and the fix works in one."""
    for trap in traps:
        _begin(stage, exercise)
        _fails(stage, trap)
    _begin(stage, exercise)
    _carried_out(lambda: stage.change(fix), fix)
    _all_passed(stage.grade(), fix.path, "in a scene of its own, after the traps had failed in theirs")


def _renew(stage: ProofScene, exercise: Exercise) -> None:
    """Bring the workspace to where a learner begins to work, and nothing else."""
    stage.renew_workspace(exercise if isinstance(exercise, Fault) else None)


def _fails(stage: ProofScene, trap: Change) -> None:
    _carried_out(lambda: stage.change(trap), trap)
    if not _caught(stage, trap):
        stage.restart()
        if not _caught(stage, trap):
            _fails_at(stage.grade(), trap)


def _begin(stage: ProofScene, exercise: Exercise) -> None:
    """Bring the scene to where a learner begins to work."""
    stage.reset()
    if isinstance(exercise, Fault):
        stage.put(exercise)


def _as_at_first(stage: ProofScene, where: str) -> None:
    """After a reset the scene is as it was before anything was done to it.

    Asked once, when it was broken, fixed and restarted: a reset makes the scene anew, whatever it was.
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
            raise DemandFailed(exercise.folder / kind, f"{len(changes)} {kind}; each {what} has at least {LEAST}")


def _carried_out(work: Callable[[], None], change: Change) -> None:
    try:
        work()
    except KikoriError as problem:
        raise DemandFailed(change.path, f"could not be carried out: {problem.message}") from None


def _all_passed(report: Report, file: Path, when: str) -> None:
    if why := why_not_passed(report):
        raise DemandFailed(file, f"{when}, {why}")


def _shows(report: Report, file: Path) -> None:
    if why := why_not_shown(report):
        raise DemandFailed(file, why)


def _no_error(report: Report, file: Path) -> None:
    for check in report.checks:
        if check.outcome is Outcome.ERROR:
            raise DemandFailed(file, f"the grader itself breaks: {told(check)}")


def _caught(stage: ProofScene, trap: Change) -> bool:
    report = stage.grade(trap.fails)
    _no_error(report, trap.path)
    named = report.of(trap.fails)
    return named is not None and named.outcome is Outcome.FAILED


def _fails_at(report: Report, trap: Change) -> None:
    _no_error(report, trap.path)
    if not trap.fails:
        raise DemandFailed(trap.path, "names no check: write '# fails: test_…' in its first lines")
    named = report.of(trap.fails)
    if named is None:
        raise DemandFailed(trap.path, f"names {trap.fails}, and the grader has no such check")
    if report.passed:
        raise DemandFailed(trap.path, "every check passes: the grader accepts a wrong fix")
    if named.outcome is not Outcome.FAILED:
        seen = [check.id for check in report.checks if check.outcome is Outcome.FAILED]
        raise DemandFailed(trap.path, f"{trap.fails} is {named.outcome}; what fails is {', '.join(seen)}")
