"""A key of what runs in a lab and what grades it, and of nothing that is only read."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kikori.model import Lab

PROSE = re.compile(r"(task|debrief|key|notes)(\.ja)?\.md|(rubric|reasons|rounds|mutants|samples)\.toml")
"""Files at the top of a lab, a fault or a grader that people read; nothing executes them."""
TOLD = {"title", "summary", "hints", "prompts", "minutes", "level", "course", "module", "outside", "decoys"}
"""Keys at the top of lab.toml that are told to people, or say where the lab stands in a course; of `outside` counts
whether it is there."""
TOLD_OF_FAULT = {"component", "cause", "diagnosis", "hints"}
"""The same of a fault."""
SHARED = re.compile(rb"(?:kikori/|(_images|_models)/)([a-z0-9][a-z0-9_-]*)")


def lab_key(lab: Lab) -> str:
    """Hash the lab, its grader, and the shared images and models they name."""
    shelf = lab.folder.parent
    named = _shared(shelf, [lab.folder, lab.graders, *lab.modules])
    roots = [lab.folder, lab.graders, *sorted({*named, *(one for one in lab.modules if one.parent.parent == shelf)})]
    digest = hashlib.sha256(lab.id.encode())
    for number, root in enumerate(roots):
        place = ("lab", "grader")[number] if number < 2 else str(root.relative_to(shelf))
        for path in _files(root):
            digest.update(f"{place}/{path.relative_to(root)}\0{_mode(path)}\0".encode())
            digest.update(hashlib.sha256(_content(path, root)).digest())
    return digest.hexdigest()[:16]


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
    if isinstance(faults := kept.get("faults"), dict):
        kept["faults"] = {name: _untold_of(fault) for name, fault in faults.items()}
    return kept


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
