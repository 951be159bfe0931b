"""One lab read whole from its folder."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import structs

from kikori.content.changes import files_of_patch, is_break, read_changes, read_commits, told_of
from kikori.content.strict_reader import read_toml
from kikori.errors import OurFault
from kikori.model import Change, Exercise, Fault, Kind, Lab
from kikori.model.lab import LEFT_AS_IT_IS, NAME, NOTHING, PATCH, WORKSPACE, Commit, FaultToml, LabToml

FAULT_TOML = "fault.toml"
"""In the folder of a setter's fault what [faults.ID] is in lab.toml."""
NEEDED = ("compose.yaml", "task.md", "debrief.md")


def read_lab(folder: Path, graders: Path) -> Lab:
    """Read labs/<id>/ and check that it is complete.

    Raises:
        OurFault: a file is missing, a key is unknown, or a fault and its folder do not match.
    """
    if not re.fullmatch(NAME, folder.name):
        raise OurFault(f"{folder}: no id for a lab: lower-case words with '-' between them, such as first-look")
    about = read_toml(folder / "lab.toml", LabToml)
    _check_files(folder, graders)
    _check_params(folder, about)
    commits = read_commits(folder / "later")
    faults = _read_faults(folder / "faults", about, commits)
    _check_orphans(folder / "faults", faults)
    unfinished = None if about.kind is Kind.REPAIR else _read_unfinished(folder, about)
    return Lab(
        id=folder.name,
        folder=folder,
        graders=graders,
        about=about,
        faults=faults,
        unfinished=unfinished,
        history=read_commits(folder / "history"),
    )


def with_setters_fault(lab: Lab, folder: Path) -> Lab:
    """Add to a lab the fault of a setter's file, as ``break --from`` laid it out in a folder of its own.

    Harmless commits come with it, but for those that change a file which it changes: their order is drawn.

    Raises:
        OurFault: the folder is damaged.
    """
    about = read_toml(folder / FAULT_TOML, FaultToml)
    fault = structs.replace(_read_fault(folder.parent, folder.name, about, lab.about), from_setter=True)
    changed = set[str]().union(*(files_of_patch(one) for one in fault.breaking if one.path.suffix == PATCH))
    beside = _beside(fault, read_commits(lab.folder / "later"))
    harmless = tuple(one for one in beside if one.patch and changed.isdisjoint(files_of_patch(one.patch)))
    return structs.replace(lab, faults=lab.faults | {fault.id: structs.replace(fault, commits=harmless)})


def _check_files(folder: Path, graders: Path) -> None:
    for name in NEEDED:
        if not (folder / name).is_file():
            raise OurFault(f"{folder / name}: missing; every lab has one", f"touch {folder / name}")
    if not any(graders.glob("test_*.py")):
        raise OurFault(f"{graders}: no test_*.py; a lab without a grader proves nothing")


def _check_params(folder: Path, about: LabToml) -> None:
    for name, param in about.params.items():
        if bool(param.choice) == bool(param.range):
            raise OurFault(f"{folder / 'lab.toml'}: params.{name}: give either 'choice' or 'range'")


def _read_faults(folder: Path, about: LabToml, commits: tuple[Commit, ...]) -> dict[str, Fault]:
    """Every fault by its name, those of which two are in at once made of these two."""
    read = {name: _read_fault(folder, name, one, about) for name, one in about.faults.items() if not one.both}
    found = {name: structs.replace(fault, commits=_beside(fault, commits)) for name, fault in read.items()}
    both = {name: _read_both(folder / name, one, found, commits) for name, one in about.faults.items() if one.both}
    return {name: (found | both)[name] for name in about.faults}


def _beside(fault: Fault, commits: tuple[Commit, ...]) -> tuple[Commit, ...]:
    """Leave out as many harmless commits as there are guilty ones: their number tells nothing."""
    drawn = sorted(commits, key=lambda commit: hashlib.sha256(f"{fault.id}/{commit.name}".encode()).digest())
    return tuple(commit for commit in commits if commit in drawn[len(fault.told) :])


def _read_both(folder: Path, about: FaultToml, single: Mapping[str, Fault], commits: tuple[Commit, ...]) -> Fault:
    """Two faults at once: fixed by a fix of each, and by neither alone."""
    toml = folder.parent.parent / "lab.toml"
    if len(about.both) != 2 or not set(about.both) <= single.keys() or about.left.keys() != set(about.both):
        message = f"{toml}: faults.{folder.name}: 'both' names two other faults, and 'left' a check for each of them"
        raise OurFault(message)
    first, second = (single[name] for name in about.both)
    fixes = [_one_after_the_other(first.fixes[place], second.fixes[place]) for place in (0, -1)]
    traps = [
        structs.replace(one.fixes[0], name=f"only-{one.id}", fails=about.left[other.id])
        for one, other in ((first, second), (second, first))
    ]
    both = Fault(
        id=folder.name,
        folder=folder,
        about=about,
        breaking=(*first.breaking, *second.breaking),
        parts=(first, second),
        told=(*first.told, *second.told),
        fixes=tuple(fixes),
        traps=tuple(traps),
    )
    return structs.replace(both, commits=_beside(both, commits))


def _one_after_the_other(first: Change, second: Change) -> Change:
    return structs.replace(second, name=f"{first.name}-and-{second.name}", first=(first,))


def _check_alarm(folder: Path, about: FaultToml, fixes: tuple[Change, ...]) -> None:
    toml, lab = folder.parent.parent / "lab.toml", folder.parent.parent
    if about.alarm != (about.component == NOTHING):
        raise OurFault(f'{toml}: faults.{folder.name}: a false alarm, and only that, has component = "{NOTHING}"')
    if about.alarm and fixes:
        raise OurFault(f"{folder / 'fixes'}: a false alarm has nothing to fix", f"rm -r {folder / 'fixes'}")
    if about.alarm and not (lab / "workspace").is_dir():
        raise OurFault(f"{toml}: faults.{folder.name}: a false alarm needs a workspace, where a change can be seen")


def _read_fault(parent: Path, name: str, about: FaultToml, lab: LabToml) -> Fault:
    folder = parent / name
    if not folder.is_dir():
        raise OurFault(
            f"{folder}: missing; lab.toml names the fault '{name}'", f"mkdir -p {folder}/fixes {folder}/traps"
        )
    breaking = tuple(filter(is_break, read_changes(folder, lab.shell)))
    if not breaking:
        raise OurFault(f"{folder}: no break.sh, break.diff or break/; nothing would put the fault in")
    fixes, traps = _read_answers(folder, lab.shell)
    if about.alarm:
        traps = tuple(structs.replace(trap, fails=LEFT_AS_IT_IS) for trap in traps)
    _check_alarm(folder, about, fixes)
    return Fault(
        id=name,
        folder=folder,
        about=about,
        breaking=breaking,
        told=told_of(breaking),
        stop_gaps=read_changes(folder / "stop-gaps", lab.shell),
        fixes=fixes,
        traps=traps,
    )


def _read_unfinished(folder: Path, about: LabToml) -> Exercise:
    if about.faults:
        message = f"{folder / 'lab.toml'}: a {about.kind} lab begins with unfinished work and has no faults"
        raise OurFault(message, f"move their fixes and traps to {folder}/fixes and {folder}/traps")
    if not (folder / "workspace").is_dir():
        message = f"{folder / 'workspace'}: missing; a {about.kind} lab is worked on there"
        raise OurFault(message, f"mkdir {folder / 'workspace'}")
    fixes, traps = _read_answers(folder, WORKSPACE)
    return Exercise(folder=folder, fixes=fixes, traps=traps)


def _read_answers(folder: Path, service: str) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Fixes and traps, each trap with the fix that it begins with."""
    fixes = read_changes(folder / "fixes", service)
    known = {fix.name: fix for fix in fixes}
    traps = []
    for trap in read_changes(folder / "traps", service):
        if trap.after and trap.after.removeprefix("fixes/") not in known:
            raise OurFault(f"{trap.path}: after: {trap.after}: there is no such fix; there are {', '.join(known)}")
        first = (known[trap.after.removeprefix("fixes/")],) if trap.after else ()
        traps.append(structs.replace(trap, first=first))
    return fixes, tuple(traps)


def _check_orphans(folder: Path, faults: dict[str, Fault]) -> None:
    for path in sorted(folder.glob("*")):
        if path.name not in faults:
            raise OurFault(f"{path}: an orphan; lab.toml has no [faults.{path.name}]")
