"""The learner's end state rebuilt in a fresh lab with no route outside, and graded there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kikori.engine import Project, Silent, Steps
from kikori.engine.images import Image
from kikori.engine.inspection.filesystem_diff import EndState, fill_volume, lay_on, take_away
from kikori.engine.scratch import scratch
from kikori.engine.services import hold_processes, kill
from kikori.errors import KikoriError, OurFault
from kikori.grading import grade
from kikori.model import Lab, Report
from kikori.replay.broken_scene import (
    Before,
    differences_of,
    grown,
    lay_out,
    put_inside,
    refuse_needless,
    refuse_unchanged,
    refuse_untouched,
    show_apart,
    written,
)
from kikori.replay.case import Case
from kikori.replay.diff import changes_of_service, changes_of_workspace
from kikori.replay.verdict import FileChange
from kikori.replay.versions import Version
from kikori.settings import Lang
from kikori.submission import Submission
from kikori.submission.unpack import write_workspace

PREFIX = "replay"


class Rebuilt:
    """A submission's end state in a scene of its own, after a restart."""

    def __init__(self, project: Project, changes: tuple[FileChange, ...]) -> None:
        self.project = project
        self.changes = changes

    def grade(self, lang: Lang | None = None) -> Report:
        """Grade it as it stands, in a language; else in that of this computer."""
        return grade(self.project.lab, written(self.project), isolated=True, lang=lang)


def replay(
    lab: Lab,
    submission: Submission,
    steps: Steps | None = None,
    *,
    shows: bool = True,
    fresh: set[Image] | None = None,
) -> Report:
    """Rebuild a submission's end state and grade it after a restart; leaves nothing behind.

    ``shows`` has the fault shown first; a proof that has seen it need not see it again.
    ``fresh`` keeps the images that were looked at in this run, as ``Project`` does.

    Raises:
        KikoriError: the submission does not fit the lab, or its workspace can't be used.
        EnvironmentProblem: Docker stood in the way.
    """
    case = Case(Version(lab=lab, content=submission.manifest.content), submission)
    with rebuilt(case, steps or Silent(), telling=False, shows=shows, fresh=fresh) as scene:
        return scene.grade()


@contextmanager
def rebuilt(
    case: Case, steps: Steps, *, telling: bool = True, shows: bool = True, fresh: set[Image] | None = None
) -> Iterator[Rebuilt]:
    """A submission's end state for as long as somebody looks at it; leaves nothing behind.

    ``telling`` compares every changed file, for a person to read; a proof has no use for that.
    ``shows`` and ``fresh`` are as in ``replay``.

    Raises:
        NotAFix: nothing was changed since the break, or the fault was never there.
        KikoriError: the submission does not fit the lab, or its workspace can't be used.
        EnvironmentProblem: the fault does not show here, or Docker stood in the way.
    """
    told = case.submission.manifest  # its parameters come from learner and seed again, never from the file
    scene = scratch(case.lab, PREFIX, learner=told.learner, seed=told.seed, fault=told.fault, fresh=fresh)
    with scene as project:
        _refuse_strange(project, case)
        yield _rebuild(project, case, steps, telling=telling, shows=shows)


def _refuse_strange(project: Project, case: Case) -> None:
    submission = case.submission
    strange = submission.services.keys() - project.lab_compose.services.keys()
    if strange:
        raise KikoriError(f"it holds files of a service that {case.lab.id} does not have: {min(strange)}")
    volumes = project.lab_compose.document.get("volumes") or {}
    if strange := submission.volumes.keys() - volumes.keys():
        raise KikoriError(f"it holds a volume that {case.lab.id} does not have: {min(strange)}")
    fault = submission.manifest.fault
    allowed = [*case.lab.faults, *([] if case.lab.faults else [None])]
    if fault not in allowed:
        raise KikoriError(f"it names a fault that {case.lab.id} does not have: {fault!r}")
    if bool(case.lab.workspace) != (submission.workspace is not None):
        raise KikoriError(
            "its workspace is missing" if case.lab.workspace else "it holds a workspace that the lab lacks"
        )


def _rebuild(project: Project, case: Case, steps: Steps, *, telling: bool, shows: bool) -> Rebuilt:
    """Bring up, break, show that it is broken, lay the end state on, restart."""
    held = case.submission.services
    if case.submission.workspace is not None:
        changes = _workspace_live(project, case, case.submission.workspace, steps, shows=shows)
        made = differences_of(project)
    else:
        project.up(steps)
        calm = put_inside(project, case.fault) if case.fault else {}
        changes, before = (), differences_of(project)
        if case.fault:
            refuse_untouched(case, before, calm)
            refuse_unchanged(project, case, before, shows=shows)
        made = grown(project, before) if case.fault and shows else before
    for service in project.lab_compose.carried if telling else ():
        if state := held.get(service):
            changes += changes_of_service(service, project.container(service), state)
    laid = {service: held[service] for service in project.lab_compose.laid if service in held}
    _lay_over(project, laid, case.submission.volumes, made, steps)
    return Rebuilt(project, changes)


def _workspace_live(
    project: Project, case: Case, workspace: bytes, steps: Steps, *, shows: bool
) -> tuple[FileChange, ...]:
    """Put the learner's workspace live, once the lab's own was shown to be broken; gives what differs."""
    broken = lay_out(project, case.fault)
    changes = changes_of_workspace(Path(broken.attempt.workspace), workspace)
    alarm = case.fault is not None and case.fault.about.alarm
    if alarm:
        refuse_needless(broken, workspace, changes)
    write_workspace(workspace, Path(project.attempt.workspace))
    project.lab_compose.check_learner_builds()
    if case.fault and shows and not alarm:
        project.compose()  # what may not be asked of the engine is refused before anything is
        show_apart(broken, case, case.fault, steps)
    project.apply(steps)
    if case.fault and case.fault.in_services:
        put_inside(project, case.fault)
    return changes


def _start_again(project: Project, steps: Steps) -> None:
    """Restart a scene with an end state laid on it; what can't be started then is no fault of ours."""
    try:
        project.restart(steps)
    except OurFault as problem:
        raise KikoriError(f"what it left behind can't be started again: {problem.message}") from None


def _lay_over(
    project: Project, laid: Mapping[str, EndState], volumes: Mapping[str, bytes], made: Before, steps: Steps
) -> None:
    """Lay an end state over the broken scene, and restart; ``made`` is what differs from the images there."""
    for service, state in laid.items():
        hold_processes(container := project.container(service))
        take_away(container, state, made.get(service, {}))
        kill(container)
    project.halt(steps)  # a program that still ran would write over what is laid below it: MariaDB its old pages
    for service, state in laid.items():
        lay_on(project.container(service), state)
    for name, files in volumes.items():
        fill_volume(project.volume(name), files)
    _start_again(project, steps)
