"""From a learner's file: a dispute replayed, or its end state made into a fix or a trap."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from kikori import host
from kikori.content import Catalog
from kikori.engine import Steps
from kikori.engine.inspection.file_comparison import Files, files_of
from kikori.engine.inspection.filesystem_diff import capture
from kikori.errors import Exit, KikoriError
from kikori.model import Command, Fault, Lab, Outcome, Report
from kikori.model.lab import WORKSPACE
from kikori.model.record import Record
from kikori.prove.mutation.script import BY_HAND, script
from kikori.prove.scene import ProofScene, proof_scene
from kikori.replay.rebuild import replay
from kikori.replay.resource_guard import unpacked
from kikori.submission import Submission
from kikori.submission.pack import workspace_tar
from kikori.visible_text import visible

Kind = Literal["fix", "trap"]
FOLDERS = {"fix": "fixes", "trap": "traps"}


class Against(Record):
    """A replayed dispute."""

    lab: str
    fault: str
    learner: str
    trail: tuple[Command, ...]
    report: Report
    failed: tuple[str, ...]
    """The checks that refuse this end state."""
    next: str

    @property
    def exit_code(self) -> Exit:
        """0 when the replay passes, 1 when a check refuses it, 4 when one breaks."""
        if self.report.broken:
            return Exit.OUR_FAULT
        return Exit.DONE if self.report.passed else Exit.CHECK_FAILED


def against(catalog: Catalog, file: Path, steps: Steps) -> Against:
    """Replay a dispute or a submission against the lab as it is now.

    Raises:
        KikoriError: the file is none, or does not fit the lab.
        EnvironmentProblem: Docker stood in the way.
    """
    submission = unpacked(file)
    lab = catalog.lab(submission.manifest.lab)
    host.ready()
    report = replay(lab, submission, steps)
    return Against(
        lab=lab.id,
        fault=submission.manifest.fault or "",
        learner=submission.manifest.learner,
        trail=submission.trail,
        report=report,
        failed=tuple(check.id for check in report.checks if check.outcome is Outcome.FAILED),
        next=f"kikori lab adopt {shlex.quote(str(file))} --as fix --name NAME",
    )


class Adopted(Record):
    """A change that was written."""

    file: str
    services: tuple[str, ...]
    next: str


def adopt(catalog: Catalog, file: Path, kind: Kind, name: str, fails: str = "") -> Adopted:
    """Write a fix or a trap that leads from the broken scene to the end state in ``file``.

    Raises:
        KikoriError: the file is no submission, the name is taken, or nothing differs from the broken scene.
        EnvironmentProblem: Docker stood in the way.
    """
    submission = unpacked(file)
    lab = catalog.lab(submission.manifest.lab)
    exercise = lab.unfinished or lab.faults.get(submission.manifest.fault or "")
    if exercise is None:
        raise KikoriError(f"{file}: not made from a fault of {lab.id}, so there is nothing to add it to.")
    target = exercise.folder / FOLDERS[kind] / f"{name}.sh"
    if target.exists():
        raise KikoriError(f"{target} is there already.", "another --name")
    host.ready()
    changed = _changed(lab, submission)
    if not changed:
        raise KikoriError(
            f"{file}: its end state is the broken scene itself.", f"kikori lab prove --against {shlex.quote(str(file))}"
        )
    if len(changed) > 1:
        raise KikoriError(f"{file}: it changes {', '.join(changed)}; a script changes one place.", BY_HAND)
    (place, (before, after)), *_ = changed.items()
    params = lab.params_of(submission.manifest.learner, submission.manifest.seed)
    head = head_of(place, fails, submission.trail)
    target.write_text(head + script(before, after, params, absolute=place != WORKSPACE), encoding="utf-8")
    target.chmod(0o755)
    demand = "/".join([*([exercise.id] if isinstance(exercise, Fault) else []), FOLDERS[kind], name])
    return Adopted(file=str(target), services=tuple(changed), next=f"kikori lab prove {lab.id} --only {demand}")


def head_of(place: str, fails: str, trail: tuple[Command, ...]) -> str:
    """Say what the script says of itself; the trail helps the author to say it shorter.

    The head ends before the trail: a learner may have typed what reads like ``service: workspace``.
    """
    lines = ["#!/bin/sh", f"# service: {place}", *([f"# fails: {fails}"] if fails else [])]
    lines += ["# then: restart"] if place != WORKSPACE else []
    lines += ["", "# What a learner's end state changed. Typed there:"]
    lines += [f"#   [#{one.number}] {visible(' '.join(one.line.split()))[:100]}" for one in trail if one.line.strip()]
    return "\n".join(lines) + "\n"


def _changed(lab: Lab, submission: Submission) -> dict[str, tuple[Files, Files]]:
    """Per place the files of the broken scene and those of the end state, where they differ."""
    with proof_scene(lab, submission.manifest.seed, submission.manifest.learner) as stage:
        stage.reset()
        if submission.manifest.fault:
            stage.put(lab.faults[submission.manifest.fault])
        broken = dict(_places(stage))
    ended = {name: files_of(state.files, "/") for name, state in submission.services.items()}
    if submission.workspace is not None:
        ended = {WORKSPACE: files_of(submission.workspace, "")}
    pairs = {place: (broken[place], files) for place, files in ended.items() if place in broken}
    return {place: pair for place, pair in pairs.items() if pair[0] != pair[1]}


def _places(stage: ProofScene) -> Iterator[tuple[str, Files]]:
    if stage.attempt.workspace:
        yield WORKSPACE, files_of(workspace_tar(Path(stage.attempt.workspace)), "")
        return
    for service in stage.project.lab_compose.services:
        yield service, files_of(capture(stage.project.container(service)).files, "/")
