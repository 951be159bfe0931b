"""The learner's end state rebuilt in a fresh lab with no route outside, and graded there."""

from __future__ import annotations

import hashlib
import os
import platform
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kikori.errors import KikoriError
from kikori.grading import grade
from kikori.model import Attempt, Fault, Lab, Report, Stage
from kikori.progress.files import write_whole
from kikori.review.changes import changes_of_service, changes_of_workspace
from kikori.review.verdict import FileChange
from kikori.review.witness import Before, differences_of, distrust
from kikori.runtime import Project, Silent, Steps
from kikori.runtime.endstate import fill_volume, lay_on, listed, untouched
from kikori.runtime.sweep import projects, sweep
from kikori.settings import Lang
from kikori.submission import Submission
from kikori.submission.unpack import write_workspace

PREFIX = "replay"


class Rebuilt:
    """A submission's end state in a scene of its own, after a restart."""

    def __init__(self, project: Project, changes: tuple[FileChange, ...], before: Before) -> None:
        self.project = project
        self.changes = changes
        self.before = before

    def grade(self, lang: Lang | None = None) -> Report:
        """Grade it as it stands, in a language; else in that of this computer.

        Raises:
            NoMend: it passed, and its programs are not those that checks rely on.
        """
        attempt = _written(self.project.attempt, self.project.folder)
        report = grade(self.project.lab, attempt, isolated=True, lang=lang)
        if report.passed:
            distrust(self.project, self.before)
        return report


def replay(lab: Lab, submission: Submission, steps: Steps | None = None) -> Report:
    """Rebuild a submission's end state and grade it after a restart; leaves nothing behind.

    Raises:
        KikoriError: the submission does not fit the lab, or its workspace can't be used.
        EnvironmentProblem: Docker stood in the way.
    """
    with rebuilt(lab, submission, steps or Silent(), telling=False) as scene:
        return scene.grade()


@contextmanager
def rebuilt(lab: Lab, submission: Submission, steps: Steps, *, telling: bool = True) -> Iterator[Rebuilt]:
    """A submission's end state for as long as somebody looks at it; leaves nothing behind.

    ``telling`` compares every changed file, for a person to read; a proof has no use for that.

    Raises:
        KikoriError: the submission does not fit the lab, or its workspace can't be used.
        EnvironmentProblem: Docker stood in the way.
    """
    with tempfile.TemporaryDirectory(prefix="kikori-replay-") as name:
        folder = Path(name)
        project = Project(lab, _attempt(lab, submission, folder), folder, isolated=True)
        _refuse_strange(project, submission)
        try:
            yield _rebuild(project, submission, steps, telling=telling)
        finally:
            project.down()


def _attempt(lab: Lab, submission: Submission, folder: Path) -> Attempt:
    """The attempt anew: its parameters come from learner and seed again, never from the file."""
    told = submission.manifest
    return Attempt(
        id=f"{mark()}{secrets.token_hex(3)}",
        lab=lab.id,
        learner=told.learner,
        seed=told.seed,
        params=lab.params_of(told.learner, told.seed),
        stage=Stage.BROKEN,
        fault=told.fault,
        workspace=str(folder / "workspace") if lab.workspace else "",
    )


def mark() -> str:
    """What the names of this process's replays begin with."""
    return f"{PREFIX}-{_place()}-{os.getpid()}-"


def _place() -> str:
    """This machine, in six letters."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:6]


def _refuse_strange(project: Project, submission: Submission) -> None:
    strange = submission.services.keys() - project.blueprint.services.keys()
    if strange:
        raise KikoriError(f"it holds files of a service that {project.lab.id} does not have: {min(strange)}")
    volumes = project.blueprint.document.get("volumes") or {}
    if strange := submission.volumes.keys() - volumes.keys():
        raise KikoriError(f"it holds a volume that {project.lab.id} does not have: {min(strange)}")
    fault = submission.manifest.fault
    allowed = [*project.lab.faults, *([None] if project.lab.about.perhaps_healthy or not project.lab.faults else [])]
    if fault not in allowed:
        raise KikoriError(f"it names a fault that {project.lab.id} does not have: {fault!r}")
    if bool(project.lab.workspace) != (submission.workspace is not None):
        raise KikoriError(
            "its workspace is missing" if project.lab.workspace else "it holds a workspace that the lab lacks"
        )


def _rebuild(project: Project, submission: Submission, steps: Steps, *, telling: bool) -> Rebuilt:
    """Bring up, break, lay the end state on, restart."""
    fault = project.lab.faults.get(submission.manifest.fault or "")
    changes: tuple[FileChange, ...] = ()
    if submission.workspace is not None:
        changes = _workspace_in_place(project, fault, submission.workspace)
        project.blueprint.check_learner_builds()
    project.apply(steps) if submission.workspace is not None else project.up(steps)
    calm = _break_inside(project, fault) if fault and not fault.breaking.touches_workspace else {}
    before = differences_of(project)
    if fault and submission.workspace is None:
        _refuse_untouched(fault.breaking.service, submission, before, calm)
    for service, state in submission.services.items():
        fresh = before.get(service, {})
        if not (project.blueprint.is_learners(service) and submission.workspace is not None):
            changes += changes_of_service(service, project.container(service), state) if telling else ()
            lay_on(project.container(service), state, fresh)
    for name, files in submission.volumes.items():
        fill_volume(project.volume(name), files)
    project.restart(steps)
    return Rebuilt(project, changes, before)


def _workspace_in_place(project: Project, fault: Fault | None, workspace: bytes) -> tuple[FileChange, ...]:
    """Put the learner's workspace in the place of the lab's own with the fault in; gives what differs."""
    folder = Path(project.attempt.workspace)
    shutil.copytree(project.lab.workspace or folder, folder, dirs_exist_ok=True)
    if fault and fault.breaking.touches_workspace:
        project.run(fault.breaking)
    changes = changes_of_workspace(folder, workspace)
    shutil.rmtree(folder)
    write_workspace(workspace, folder)
    return changes


def _break_inside(project: Project, fault: Fault) -> Mapping[str, int]:
    """Put a fault into its service; gives what differed there before, which is not its work."""
    calm = listed(project.container(fault.breaking.service))
    project.run(fault.breaking)
    return calm


def _refuse_untouched(service: str, submission: Submission, before: Before, calm: Mapping[str, int]) -> None:
    """Refuse the end state of a container that never had the fault, such as a fresh one."""
    state = submission.services.get(service)
    if state and (paths := untouched(calm, before.get(service, {}), state)):
        raise KikoriError(f"its files of {service} come from a container that never had this fault: no {paths[0]}")


def _written(attempt: Attempt, folder: Path) -> Path:
    file = folder / "attempt.json"
    write_whole(file, msgspec.json.encode(attempt))
    return file


def sweep_dead() -> None:
    """Take away what a review of this machine left behind when it was killed."""
    for project in projects(f"kikori-{PREFIX}-{_place()}-"):
        process = project.split("-")[3]
        if process.isdigit() and not Path(f"/proc/{process}").exists():
            sweep(project)
