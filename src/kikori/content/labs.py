"""One lab read whole from its folder."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path

from msgspec import structs

from kikori.content.strict_reader import read_toml
from kikori.errors import OurFault
from kikori.model import Change, Exercise, Fault, Kind, Lab
from kikori.model.lab import NAME, PATCH, WORKSPACE, FaultToml, LabToml

HEADER = re.compile(r"^#\s*(service|fails|then|after):\s*(\S+)\s*$", re.MULTILINE)
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
    faults = {name: _read_fault(folder / "faults", name, fault, about) for name, fault in about.faults.items()}
    _check_orphans(folder / "faults", faults)
    unfinished = None if about.kind is Kind.REPAIR else _read_unfinished(folder, about)
    return Lab(id=folder.name, folder=folder, graders=graders, about=about, faults=faults, unfinished=unfinished)


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


def _read_fault(parent: Path, name: str, about: FaultToml, lab: LabToml) -> Fault:
    folder = parent / name
    if not folder.is_dir():
        raise OurFault(
            f"{folder}: missing; lab.toml names the fault '{name}'", f"mkdir -p {folder}/fixes {folder}/traps"
        )
    breaking = [change for change in read_changes(folder, lab.shell) if change.name == "break"]
    if not breaking:
        raise OurFault(f"{folder}: no break.sh, break.diff or break/; nothing would put the fault in")
    return Fault(
        id=name,
        folder=folder,
        about=about,
        breaking=breaking[0],
        **_read_answers(folder, lab.shell),
    )


def _read_unfinished(folder: Path, about: LabToml) -> Exercise:
    if about.faults:
        message = f"{folder / 'lab.toml'}: a {about.kind} lab begins with unfinished work and has no faults"
        raise OurFault(message, f"move their fixes and traps to {folder}/fixes and {folder}/traps")
    if not (folder / "workspace").is_dir():
        message = f"{folder / 'workspace'}: missing; a {about.kind} lab is worked on there"
        raise OurFault(message, f"mkdir {folder / 'workspace'}")
    return Exercise(folder=folder, **_read_answers(folder, WORKSPACE))


def _read_answers(folder: Path, service: str) -> dict[str, tuple[Change, ...]]:
    """Fixes and traps, each trap with the fix that it begins with."""
    fixes = read_changes(folder / "fixes", service)
    known = {fix.name: fix for fix in fixes}
    traps = []
    for trap in read_changes(folder / "traps", service):
        if trap.after and trap.after.removeprefix("fixes/") not in known:
            raise OurFault(f"{trap.path}: after: {trap.after}: there is no such fix; there are {', '.join(known)}")
        first = (known[trap.after.removeprefix("fixes/")],) if trap.after else ()
        traps.append(structs.replace(trap, first=first))
    return {"fixes": fixes, "traps": tuple(traps)}


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
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise OurFault(f"{path}: {problem.strerror}") from None
    except UnicodeDecodeError as problem:
        raise OurFault(f"{path} is no UTF-8 text: {problem}") from None
    return dict(HEADER.findall("\n".join(takewhile(lambda line: line.startswith("#"), lines))))


def _check_orphans(folder: Path, faults: dict[str, Fault]) -> None:
    for path in sorted(folder.glob("*")):
        if path.name not in faults:
            raise OurFault(f"{path}: an orphan; lab.toml has no [faults.{path.name}]")
