"""Show that a submission's fault is there on this machine, before its end state is laid over it."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from kikori.attempts.atomic_files import write_whole
from kikori.bilingual import LANGUAGES, sentence
from kikori.engine import Project, Steps
from kikori.engine.inspection.file_comparison import are_same, is_same
from kikori.engine.inspection.filesystem_diff import ADDED, listed, untouched
from kikori.errors import EnvironmentProblem, WorkspaceProblem
from kikori.grading import grade
from kikori.grading.run import why_not_shown
from kikori.model import Fault, Outcome, Report
from kikori.replay.case import Case
from kikori.replay.verdict import FileChange, NotAFix
from kikori.submission import Submission
from kikori.submission.pack import workspace_tar

CHECK = re.compile(r"test_\w{1,80}", re.ASCII)
Before = Mapping[str, Mapping[str, int]]
"""What differed from the image in each service before the end state came."""
TRIES = 2
"""How often the checks are asked whether the fault shows: a busy machine is nobody's fault."""


def differences_of(project: Project) -> Before:
    """What differs from the images now, where a submission's files are laid: the engine walks all files for it."""
    return {name: listed(one) for name, one in project.containers().items() if name in project.lab_compose.laid}


def lay_out(project: Project, fault: Fault | None) -> Project:
    """Lay out the lab's own workspace with the fault in it; gives the scene that it is for, not yet up."""
    folder = project.folder / "broken"
    own = replace(project.attempt, workspace=str(folder / "workspace"))
    broken = Project(project.lab, own, folder, isolated=True, fresh=project.fresh)
    shutil.copytree(project.lab.workspace or folder, own.workspace)
    for change in fault.in_workspace if fault else ():
        broken.run(change)
    return broken


def put_inside(project: Project, fault: Fault) -> Before:
    """Put a fault into its services; gives what differed there before, which is not its work."""
    calm = {change.service: listed(project.container(change.service)) for change in fault.in_services}
    for change in fault.in_services:
        project.run(change)
    return calm


def show_apart(project: Project, case: Case, fault: Fault, steps: Steps) -> None:
    """Bring up the lab's own workspace with the fault in, show the fault, and take everything away again.

    What the checks and the services wrote there must not meet the learner's workspace.

    Raises:
        NotAFix: the end state is this very scene.
        EnvironmentProblem: the fault does not show here, or Docker stood in the way.
    """
    try:
        if fault.in_workspace:
            project.apply(steps)
        else:
            project.up(steps)
        put_inside(project, fault)
    except WorkspaceProblem as problem:  # the workspace is the lab's, not the learner's
        raise EnvironmentProblem(f"the broken scene can't be had here: {problem.message}", _prove(fault)) from None
    refuse_unchanged(project, case)
    project.down(steps)


def refuse_unchanged(project: Project, case: Case, before: Before | None = None, *, shows: bool = True) -> None:
    """Refuse an end state that is the broken scene, and with ``shows`` to judge where no check sees the fault.

    ``before`` is what differs from the images, where that is known already.

    Raises:
        NotAFix: the end state differs in nothing from this scene.
        EnvironmentProblem: the fault does not show on this machine.
    """
    unchanged = _is_unchanged(project, case.submission, before)  # as long as no check has written anything
    if shows and case.fault:
        _refuse_hidden(project, case.fault, seen_failing(case.submission.reports))
    if unchanged:
        raise NotAFix(
            "nothing was changed since the break: `kikori check` shows what fails, and the task goes on from there",
            "障害が起きたあと、何も変更されていない。`kikori check` で失敗しているチェックを確かめて、続けること",
        )


def refuse_needless(broken: Project, workspace: bytes, changes: Sequence[FileChange]) -> None:
    """Refuse a workspace that was changed although nothing was broken.

    Raises:
        NotAFix: it was; names a file.
    """
    if not are_same(workspace_tar(Path(broken.attempt.workspace)), workspace):
        file = next((one.path for one in changes), "")
        raise NotAFix(*(sentence("alarm-changed", lang, files=file) for lang in LANGUAGES))


def grown(project: Project, before: Before) -> Before:
    """Give what differs from the images now: ``before``, and what services and checks have added since.

    What they changed of an image stays as it is.
    """
    return {
        service: {path: kind for path, kind in found.items() if kind == ADDED} | dict(before.get(service, {}))
        for service, found in differences_of(project).items()
    }


def _is_unchanged(project: Project, submission: Submission, before: Before | None) -> bool:
    """Tell whether an end state is the broken scene itself: the workspace, the services' files, the volumes."""
    if submission.workspace is not None:
        own = workspace_tar(Path(project.attempt.workspace))
        if not are_same(own, submission.workspace):
            return False
    before = differences_of(project) if before is None else before
    for service in project.lab_compose.laid:
        state = submission.services.get(service)
        if state and not is_same(project.container(service), before.get(service, {}), state):
            return False
    volumes = project.volumes() if submission.volumes else {}
    return all(are_same(volumes.get(name, b""), files) for name, files in submission.volumes.items())


def seen_failing(reports: Iterable[Report]) -> str:
    """Name the check that failed first by a learner's own word: it is asked before others.

    No more rests on it.
    """
    failed = (check.id for report in reports for check in report.checks if check.outcome is Outcome.FAILED)
    return next((name for name in failed if CHECK.fullmatch(name)), "")


def _refuse_hidden(project: Project, fault: Fault, first: str) -> None:
    """Refuse to judge by checks that do not see the fault; ``first`` names the one that should."""
    attempt, why = written(project), ""
    for only in ([first] if first else []) + [""] * TRIES:
        why = why_not_shown(grade(project.lab, attempt, isolated=True, only=only, until_failed=True))
        if not why:
            return
    told = f"the fault {fault.id} does not show on this machine, so nothing shows that it was fixed: {why}"
    told += f"; `{_prove(fault)}` tells more"
    raise EnvironmentProblem(told, _prove(fault))


def written(project: Project) -> Path:
    """Write the attempt down for its graders."""
    file = project.folder / "attempt.json"
    write_whole(file, msgspec.json.encode(project.attempt))
    return file


def _prove(fault: Fault) -> str:
    lab = fault.folder.parent.parent.name
    return f"kikori lab prove {shlex.quote(lab)} --fault {fault.id}"


def refuse_untouched(case: Case, before: Before, calm: Before) -> None:
    """Refuse the end state of a container that never had the fault, such as a fresh one.

    Raises:
        NotAFix: it is one; names a file.
    """
    for service, files in calm.items():
        state = case.submission.services.get(service)
        if state and (paths := untouched(files, before.get(service, {}), state)):
            raise NotAFix(
                f"its files of {service} come from a container that never had this fault: no {paths[0]}",
                f"{service} のファイルは、この障害が一度も入っていないコンテナのものである。{paths[0]} がない",
            )
