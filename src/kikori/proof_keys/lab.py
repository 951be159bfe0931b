"""A key of what runs in a lab and what grades it, and of nothing that is only read."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kikori.model import Change, Lab

PROSE = re.compile(r"(task|debrief|key|notes|workshop|roles)(\.ja)?\.md|(rubric|reasons|rounds|mutants|samples)\.toml")
"""Files at the top of a lab, a fault or a grader that people read; nothing executes them."""
TOLD = {"faults", "title", "summary", "hints", "prompts", "minutes", "level", "course", "module", "outside"}
TOLD |= {"decoys", "events"}
"""Keys at the top of lab.toml that are told to people, or say where the lab stands in a course; of `outside` counts
whether it is there, and faults count apart."""
TOLD_OF_FAULT = {"component", "cause", "diagnosis", "hints"}
"""The same of a fault."""
SHARED = re.compile(rb"(?:kikori/|(_images|_models)/)([a-z0-9][a-z0-9_-]*)")


class Rests(NamedTuple):
    """What of its lab a demand rests on, beside what all demands of the lab do."""

    faults: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


class Part(NamedTuple):
    """A file that counts, by its place, and a hash of its mode and content."""

    path: Path
    digest: bytes


def lab_key(lab: Lab) -> str:
    """Hash the lab, its grader, and the shared images and models they name."""
    return _hash([lab.id, json.dumps(_faults(lab), sort_keys=True)], _parts(lab))


def scene_key(lab: Lab) -> str:
    """Hash the same without the lab's own faults: a fault more is no other scene."""
    faults = lab.folder / "faults"
    return _hash([lab.id], [part for part in _parts(lab) if not part.path.is_relative_to(faults)])


def demand_keys(lab: Lab, demands: Mapping[str, Rests]) -> dict[str, str]:
    """Hash for each demand what it rests on: of the lab's breaks, fixes and traps those that it executes alone."""
    parts, faults = _parts(lab), _faults(lab)
    apart = {change.path for one in demands.values() for change in one.changes}
    whose = {part: next((place for place in (part.path, *part.path.parents) if place in apart), None) for part in parts}
    first = lab.exercises[0]
    told = [lab.id, str(first.folder.relative_to(lab.folder))]
    return {
        name: _hash(
            [*told, json.dumps({fault: faults.get(fault) for fault in one.faults}, sort_keys=True)],
            [part for part in parts if whose[part] is None or whose[part] in {change.path for change in one.changes}],
        )
        for name, one in demands.items()
    }


def _hash(told: list[str], parts: list[Part]) -> str:
    digest = hashlib.sha256("\0".join(told).encode())
    for part in parts:
        digest.update(part.digest)
    return digest.hexdigest()[:16]


def _parts(lab: Lab) -> list[Part]:
    """List what counts: of lab.toml all but its faults."""
    shelf = lab.folder.parent
    named = _shared(shelf, [lab.folder, lab.graders, *lab.modules])
    roots = [lab.folder, lab.graders, *sorted({*named, *(one for one in lab.modules if one.parent.parent == shelf)})]
    found = []
    for number, root in enumerate(roots):
        place = ("lab", "grader")[number] if number < 2 else str(root.relative_to(shelf))
        for path in _files(root):
            told = f"{place}/{path.relative_to(root)}\0{_mode(path)}\0".encode()
            found.append(Part(path, told + hashlib.sha256(_content(path, root)).digest()))
    return found


def _files(root: Path) -> list[Path]:
    """List all that is no prose; a link counts as what it says, wherever it leads."""
    found = (path for path in root.rglob("*") if path.is_symlink() or path.is_file())
    return sorted(path for path in found if "__pycache__" not in path.parts and not _is_prose(path, root))


def _is_prose(path: Path, root: Path) -> bool:
    at_top = path.parent == root or path.parent.parent == root / "faults"
    return at_top and PROSE.fullmatch(path.name) is not None


def _mode(path: Path) -> str:
    """Say what git keeps of a file's mode: every clone has the same key."""
    return "link" if path.is_symlink() else "x" if path.stat().st_mode & 0o111 else "-"


def _content(path: Path, root: Path) -> bytes:
    if path.is_symlink():
        return str(path.readlink()).encode()
    data = path.read_bytes()
    if path == root / "lab.toml":
        return json.dumps(_untold(tomllib.loads(data.decode())), sort_keys=True).encode()
    return without_titles(data) if path.name.startswith("test_") and path.suffix == ".py" else data


def _untold(about: dict[str, Any]) -> dict[str, Any]:
    """Leave out of lab.toml what is told to people."""
    kept = {name: part for name, part in about.items() if name not in TOLD}
    if "outside" in about:
        kept["outside"] = True  # a lab that says why has a route outside
    return kept


def _faults(lab: Lab) -> dict[str, object]:
    """Give what lab.toml says of each fault, but for what is told to people."""
    about = tomllib.loads((lab.folder / "lab.toml").read_text(encoding="utf-8"))
    return {name: _untold_of(fault) for name, fault in about.get("faults", {}).items()}


def _untold_of(fault: object) -> object:
    if not isinstance(fault, dict):
        return fault
    return {name: part for name, part in fault.items() if name not in TOLD_OF_FAULT}


def without_titles(source: bytes) -> bytes:
    """Leave docstrings out of a grader's file: they are its checks' titles."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return source
    lines = source.splitlines(keepends=True)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.Module) and ast.get_docstring(node) is not None:
            _blank(lines, node.body[0])
    return b"".join(lines)


def _blank(lines: list[bytes], said: ast.stmt) -> None:
    """Empty the lines of a docstring, if nothing else stands on them."""
    first, last = said.lineno - 1, (said.end_lineno or said.lineno) - 1
    before, after = lines[first][: said.col_offset], lines[last][said.end_col_offset or 0 :]
    if not before.strip() and not after.strip():
        lines[first : last + 1] = [b""] * (last - first + 1)


def _shared(shelf: Path, roots: list[Path]) -> list[Path]:
    """Find the folders of labs/_images and labs/_models that these files name, and theirs in turn."""
    found: set[Path] = set()
    open_ = [*roots]
    while open_:
        fresh = set(_named(shelf, open_.pop())) - found
        found |= fresh
        open_ += fresh
    return sorted(found)


def _named(shelf: Path, root: Path) -> Iterator[Path]:
    for path in _files(root):
        for part, name in SHARED.findall(b"" if path.is_symlink() else path.read_bytes()):
            folder = shelf / (part.decode() or "_images") / name.decode()
            if folder.is_dir():
                yield folder
