"""One lab read whole from its folder."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path

from msgspec import structs

from kikori.content.strict_reader import read_toml
from kikori.errors import OurFault
from kikori.model import Change, Exercise, Fault, Kind, Lab
from kikori.model.lab import LEFT_AS_IT_IS, NAME, NOTHING, PATCH, WORKSPACE, Commit, FaultToml, LabToml

HEADER = re.compile(r"^#\s*(service|fails|then|after):\s*(\S+)\s*$", re.MULTILINE)
TOLD = re.compile(r"^#\s*(author|subject|days):\s*(.*\S)\s*$", re.MULTILINE)
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


def read_commits(folder: Path) -> tuple[Commit, ...]:
    """The patches of a folder, by name, with who made each, and why.

    Each says ``# author: NAME <ADDRESS>`` and ``# subject: ...`` above its first hunk, and ``# days: N`` how long ago
    it was. One without a hunk begins the history.
    """
    found = []
    for path in sorted(folder.glob("*.diff")):
        commit = _commit(path)
        if commit is None:
            raise OurFault(f"{path}: says no author and subject", "write '# author:' and '# subject:' at its top")
        has_hunk = "\n@@ " in path.read_text(encoding="utf-8")
        found.append(structs.replace(commit, patch=_in_workspace(path, path) if has_hunk else None))
    return tuple(found)


def _check_alarm(folder: Path, about: FaultToml, fixes: tuple[Change, ...]) -> None:
    toml, lab = folder.parent.parent / "lab.toml", folder.parent.parent
    if about.alarm != (about.component == NOTHING):
        raise OurFault(f'{toml}: faults.{folder.name}: a false alarm, and only that, has component = "{NOTHING}"')
    if about.alarm and fixes:
        raise OurFault(f"{folder / 'fixes'}: a false alarm has nothing to fix", f"rm -r {folder / 'fixes'}")
    if about.alarm and not (lab / "workspace").is_dir():
        raise OurFault(f"{toml}: faults.{folder.name}: a false alarm needs a workspace, where a change can be seen")


def _told(breaking: Change) -> tuple[Commit, ...]:
    commit = _commit(breaking.path) if breaking.touches_workspace and breaking.path.is_file() else None
    return (structs.replace(commit, patch=breaking),) if commit else ()


def _commit(path: Path) -> Commit | None:
    """What a patch or a script says of its commit; ``None`` where it says nothing."""
    said = dict(TOLD.findall(_comments(path)))
    if not {"author", "subject"} <= said.keys():
        return None
    return Commit(name=path.stem, author=said["author"], subject=said["subject"], days=int(said.get("days", "0")))


def _read_fault(parent: Path, name: str, about: FaultToml, lab: LabToml) -> Fault:
    folder = parent / name
    if not folder.is_dir():
        raise OurFault(
            f"{folder}: missing; lab.toml names the fault '{name}'", f"mkdir -p {folder}/fixes {folder}/traps"
        )
    breaking = [change for change in read_changes(folder, lab.shell) if change.name == "break"]
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
        breaking=tuple(breaking[:1]),
        told=_told(breaking[0]),
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


def read_changes(folder: Path, default_service: str) -> tuple[Change, ...]:
    """The scripts, overlays and patches of a folder, by name.

    A script says ``# service: NAME``, ``# then: restart`` and, a trap, ``# fails: CHECK`` in its first comments, and
    ``# after: fixes/NAME`` where it is that fix but for something; a patch says so above its first hunk,
    an overlay folder in its file ``.change``.
    The service ``workspace`` is the learner's folder, to be applied afterwards; ``engine`` is that folder, too, for a
    trap that changes with docker commands what is live, and no file.
    """
    found = []
    for path in sorted(folder.glob("*")):
        if path.is_dir() and path.name not in ("fixes", "traps"):
            found.append(_in_workspace(path, path / ".change"))
        elif path.suffix == ".sh":
            found.append(_script(path, default_service))
        elif path.suffix == PATCH:
            found.append(_in_workspace(path, path))
    return tuple(found)


def _script(path: Path, default_service: str) -> Change:
    said = _header(path)
    service = said.get("service", default_service)
    restart = said.get("then") == "restart"
    fails, after = said.get("fails", ""), said.get("after", "")
    return Change(name=path.stem, path=path, service=service, fails=fails, restart=restart, after=after)


def _in_workspace(path: Path, header: Path) -> Change:
    """Read a patch or an overlay: it changes the workspace, whatever its header says."""
    said = _header(header) if header.is_file() else {}
    fails, after = said.get("fails", ""), said.get("after", "")
    return Change(name=path.name.removesuffix(PATCH), path=path, service=WORKSPACE, fails=fails, after=after)


def _header(path: Path) -> dict[str, str]:
    """What the comments say that a file begins with."""
    return dict(HEADER.findall(_comments(path)))


def _comments(path: Path) -> str:
    """The comments that a file begins with."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise OurFault(f"{path}: {problem.strerror}") from None
    except UnicodeDecodeError as problem:
        raise OurFault(f"{path} is no UTF-8 text: {problem}") from None
    return "\n".join(takewhile(lambda line: line.startswith("#"), lines))


def _check_orphans(folder: Path, faults: dict[str, Fault]) -> None:
    for path in sorted(folder.glob("*")):
        if path.name not in faults:
            raise OurFault(f"{path}: an orphan; lab.toml has no [faults.{path.name}]")
