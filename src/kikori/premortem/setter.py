"""``fault begin`` and ``fault seal``: what a setter changes, recorded as a fault, proved and sealed."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from kikori import __version__
from kikori.attempts.atomic_files import write_whole
from kikori.content.labs import with_setters_fault
from kikori.engine import Service
from kikori.errors import KikoriError
from kikori.fault_file import SUFFIX, Manifest, Script, Solution, pack, read_fault_file
from kikori.fault_file.folder import write_about, write_folder
from kikori.fault_file.format import FORMAT, Entry
from kikori.fault_file.sealing import refuse_short
from kikori.fault_file.unpack import judge_solution, refuse_other_lab, refuse_unsuited
from kikori.learner.session import LockedAttempt, Session
from kikori.model import Attempt, Stage
from kikori.model.record import Record
from kikori.premortem.guesses import guesses_of
from kikori.premortem.proof import prove
from kikori.premortem.recording import (
    Baseline,
    Changed,
    Recorded,
    Workspace,
    baseline,
    changed_since,
    recorded_of,
    workspace_changed,
)
from kikori.proof_keys import scene_key
from kikori.prove.scene import ProofScene, proof_scene
from kikori.submission.pack import file_name

BASELINE = "setter.json"
BEGAN = "setting"
UNCHANGED = "Nothing was changed since you began, as far as files tell."
BY_SCRIPT = "kikori fault seal --script FILE"
ENDS = ("started", "reset", "broke")
"""Events after which a setter has to begin again."""


class Begun(Record):
    """A healthy scene that a setter may change now."""

    lab: str
    services: tuple[Service, ...]
    workspace: str
    next: str = "kikori shell"


class Sealed(Record):
    """A setter's fault that was proved and written."""

    lab: str
    file: str
    size: int
    """In bytes."""
    changed: dict[str, tuple[str, ...]]
    """What was recorded: for each service, and the workspace, the paths."""
    symptom: str
    next: str = "kikori reset"


class Told(Record):
    """What a setter says of a fault, beside what the machine sees."""

    symptom: str
    solution: Solution
    script: Script | None = None
    """What no file holds, carried out after the files are laid."""
    left_out: tuple[str, ...] = ()
    """Paths that services change by themselves."""


def begin(session: Session) -> Begun:
    """Note the healthy scene as it is; what differs from it later is the setter's work.

    Raises:
        KikoriError: the scene is not healthy, the guesses are missing, or the lab takes no setter's fault.
    """
    with session.locked() as locked:
        refuse_unsuited(locked.lab)
        guesses_of(session, locked.attempt)
        if locked.attempt.stage is not Stage.HEALTHY:
            raise KikoriError("A setter begins with a healthy scene.", "kikori reset")
        if has_begun(session, locked.attempt):
            raise KikoriError("You have begun already; what you change is recorded.", "kikori fault seal")
        found = baseline(locked.project)
        write_whole(_baseline_file(session, locked.attempt), msgspec.json.encode(found))
        session.store.record(locked.attempt, BEGAN)
        return Begun(lab=locked.lab.id, services=locked.project.states(), workspace=locked.attempt.workspace)


def has_begun(session: Session, attempt: Attempt) -> bool:
    """Tell whether a setter is at work in an attempt."""
    events = [one.event for one in session.store.events(attempt) if one.event in (BEGAN, *ENDS)]
    return events[-1:] == [BEGAN]


def seal(session: Session, told: Told, word: str, folder: str) -> Sealed:
    """Record what the setter changed, prove it in a fresh scene, and write it into one file in ``folder``.

    Raises:
        KikoriError: nothing was changed, the fault does not prove, or the word is too short.
        EnvironmentProblem: Docker stood in the way, or the file can't be written.
    """
    target = Path(folder).absolute()
    if not target.is_dir():
        raise KikoriError(f"{target} is no folder.", f"mkdir -p {target}")
    refuse_short(word)
    with session.locked() as locked:
        judge_solution(told.solution, locked.lab)
        changed, workspace = _changed(session, locked, told)
        manifest = _manifest(session, locked, told, workspace)
        file = target / f"{locked.lab.id}-{file_name(locked.attempt.learner)}-{manifest.fault[-6:]}{SUFFIX}"
        with (
            session.steps.step(f"Proving the fault in a fresh scene of {locked.lab.id}"),
            tempfile.TemporaryDirectory(prefix="kikori-seal-") as name,
            proof_scene(locked.lab, locked.attempt.seed, locked.attempt.learner) as stage,
        ):
            stage.reset()
            recorded = {service: _recorded(stage, service, one) for service, one in changed.items()}
            draft, scripts = Path(name) / f"draft{SUFFIX}", _scripts(recorded, told)
            if not (scripts or workspace.files or workspace.gone):
                raise KikoriError(UNCHANGED, BY_SCRIPT)
            breaks = tuple(Entry(service=one.service, restart=one.restart) for one in scripts)
            pack(draft, replace(manifest, breaks=breaks), scripts, workspace.files, told.solution, word)
            _prove(stage, locked, draft, told.solution)
            _hand_over(draft, file)
        session.store.record(locked.attempt, "sealed", fault=manifest.fault)
        return Sealed(
            lab=locked.lab.id,
            file=str(file),
            size=file.stat().st_size,
            changed=_places(recorded, workspace),
            symptom=told.symptom,
        )


def _changed(session: Session, locked: LockedAttempt, told: Told) -> tuple[dict[str, Changed], Workspace]:
    """Find what the setter did; what of it a fresh scene has too is left out later."""
    if not has_begun(session, locked.attempt):
        raise KikoriError("Nobody has begun to set a fault in this attempt.", "kikori fault begin")
    before = msgspec.json.decode(_baseline_file(session, locked.attempt).read_bytes(), type=Baseline)
    services = changed_since(locked.project, before, told.left_out)
    workspace = workspace_changed(locked.lab, locked.attempt.workspace, told.left_out)
    if not (services or workspace.files or workspace.gone or told.script):
        raise KikoriError(UNCHANGED, BY_SCRIPT)
    return services, workspace


def _manifest(session: Session, locked: LockedAttempt, told: Told, workspace: Workspace) -> Manifest:
    """Say what a file says openly; its breaks are not known yet."""
    return Manifest(
        format=FORMAT,
        lab=locked.lab.id,
        scene=scene_key(locked.lab),
        fault=f"setter-{secrets.token_hex(3)}",
        setter=locked.attempt.learner,
        symptom=told.symptom,
        created=time.time(),
        kikori=__version__,
        guesses=guesses_of(session, locked.attempt),
        breaks=(),
        gone=workspace.gone,
    )


def _recorded(stage: ProofScene, service: str, changed: Changed) -> Recorded:
    return recorded_of(service, changed, stage.project.container(service), stage.attempt.params)


def _scripts(recorded: Mapping[str, Recorded], told: Told) -> list[Script]:
    """Give the breaks in their order: the files of each service, one restart of all, and the setter's own script."""
    laid = [Script(service=service, text=one.script) for service, one in recorded.items() if one.script]
    laid = [*laid[:-1], *(replace(script, restart=True) for script in laid[-1:])]
    return [*laid, *([told.script] if told.script else [])]


def _places(recorded: Mapping[str, Recorded], workspace: Workspace) -> dict[str, tuple[str, ...]]:
    """List what was recorded, place by place."""
    found = {service: one.paths for service, one in recorded.items()}
    found["workspace"] = tuple(sorted((*workspace.files, *workspace.gone)))
    return {place: paths for place, paths in found.items() if paths}


def _prove(stage: ProofScene, locked: LockedAttempt, draft: Path, solution: Solution) -> None:
    """Prove a file as a solver will read it, with the solution that the setter keeps."""
    found = read_fault_file(draft)
    refuse_other_lab(found, locked.lab)
    folder = draft.parent / found.manifest.fault
    write_folder(found, locked.lab, folder, solution)
    write_about(folder, solution)
    stage.lab = with_setters_fault(locked.lab, folder)
    prove(stage, stage.lab.faults[found.manifest.fault])


def _hand_over(draft: Path, file: Path) -> None:
    """Put a file that was proved where the setter wants it; it is whole or not there."""
    half = file.with_suffix(".part")
    try:
        shutil.copyfile(draft, half)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


def _baseline_file(session: Session, attempt: Attempt) -> Path:
    return session.store.folder(attempt.id) / BASELINE
