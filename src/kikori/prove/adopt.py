"""A learner's end state turned into a new fix or trap of the lab: a script that makes a broken scene the same."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from kikori import machine
from kikori.catalog import Catalog
from kikori.errors import KikoriError
from kikori.model import Command, Fault, Lab
from kikori.model.lab import WORKSPACE
from kikori.model.record import Record
from kikori.prove.rehearsal import Rehearsal, rehearsal
from kikori.prove.script import Files, script
from kikori.runtime.endstate import capture
from kikori.submission import Submission, unpack
from kikori.submission.pack import workspace_tar

Kind = Literal["fix", "trap"]
FOLDERS = {"fix": "fixes", "trap": "traps"}
NOISE = ("/run/", "/var/run/", "/var/log/", "/var/cache/", "/tmp/", "/var/tmp/", "/root/.")  # noqa: S108 - names, not files
NOISY_PARTS = ("/supervise/", ".pid", ".lock", ".sock")


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
    submission = unpack(file)
    lab = catalog.lab(submission.manifest.lab)
    exercise = lab.unfinished or lab.faults.get(submission.manifest.fault or "")
    if exercise is None:
        raise KikoriError(f"{file}: not made from a fault of {lab.id}, so there is nothing to add it to.")
    target = exercise.folder / FOLDERS[kind] / f"{name}.sh"
    if target.exists():
        raise KikoriError(f"{target} is there already.", "another --name")
    machine.ready()
    changed = _changed(lab, submission)
    if not changed:
        raise KikoriError(f"{file}: its end state is the broken scene itself.", f"kikori lab prove --against {file}")
    if len(changed) > 1:
        raise KikoriError(f"{file}: it changes {', '.join(changed)}; a script changes one place.", "write it by hand")
    (place, (before, after)), *_ = changed.items()
    params = lab.params_of(submission.manifest.learner, submission.manifest.seed)
    head = _head(place, fails, submission.trail)
    target.write_text(head + script(before, after, params, absolute=place != WORKSPACE), encoding="utf-8")
    target.chmod(0o755)
    demand = "/".join([*([exercise.id] if isinstance(exercise, Fault) else []), FOLDERS[kind], name])
    return Adopted(file=str(target), services=tuple(changed), next=f"kikori lab prove {lab.id} --only {demand}")


def _head(place: str, fails: str, trail: tuple[Command, ...]) -> str:
    """What the script says about itself; the trail helps the author to say it shorter."""
    lines = ["#!/bin/sh", f"# service: {place}", *([f"# fails: {fails}"] if fails else [])]
    lines += ["# then: restart"] if place != WORKSPACE else []
    lines += ["# What a learner's end state changed. Typed there:"]
    lines += [f"#   {command.line.splitlines()[0][:100]}" for command in trail if command.line.strip()]
    return "\n".join(lines) + "\n"


def _changed(lab: Lab, submission: Submission) -> dict[str, tuple[Files, Files]]:
    """Per place the files of the broken scene and those of the end state, where they differ."""
    with rehearsal(lab, submission.manifest.seed, submission.manifest.learner) as stage:
        stage.reset()
        if submission.manifest.fault:
            stage.put(lab.faults[submission.manifest.fault])
        broken = dict(_places(stage))
    ended = {name: files_of(state.files, "/") for name, state in submission.services.items()}
    if submission.workspace is not None:
        ended = {WORKSPACE: files_of(submission.workspace, "")}
    pairs = {place: (broken[place], files) for place, files in ended.items() if place in broken}
    return {place: pair for place, pair in pairs.items() if pair[0] != pair[1]}


def _places(stage: Rehearsal) -> Iterator[tuple[str, Files]]:
    if stage.attempt.workspace:
        yield WORKSPACE, files_of(workspace_tar(Path(stage.attempt.workspace)), "")
        return
    for service in stage.project.blueprint.services:
        yield service, files_of(capture(stage.project.container(service)).files, "/")


def files_of(tar: bytes, root: str) -> Files:
    """The files of a tar by their path, without what services write by themselves."""
    found: Files = {}
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        for member in archive:
            path = root + member.name
            if not _is_noise(path):
                content = archive.extractfile(member) if member.isreg() else None
                kind = member.type.decode()
                data = content.read() if content else member.linkname.encode()
                found[path] = (kind, member.mode, member.uid, member.gid, data)
    return found


def _is_noise(path: str) -> bool:
    return path.startswith(NOISE) or any(part in path for part in NOISY_PARTS)
