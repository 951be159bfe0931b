"""Mutants of a lab: its right fixes, each spoiled in one place, and the author's marks on those that are equal."""

from __future__ import annotations

import ast
import difflib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Annotated

import yaml
from msgspec import Meta, structs

from kikori.content.strict_reader import nearest, read_toml
from kikori.engine.changes.scripts import apply_patch
from kikori.errors import OurFault
from kikori.model import Change, Exercise, Fault, Kind, Lab
from kikori.model.lab import PATCH
from kikori.model.record import Record
from kikori.prove.mutation.operators import Edit, Parses, edits

FILE = "mutants.toml"
SHELLS = ("sh", "bash")
PROSE = (".md", ".txt")
"""Endings of files that are told to people; only where a text is the work are they spoiled."""


class Mutant(Record):
    """A right fix with one error in it."""

    id: str
    """FAULT/FIX/ERROR, with the file before the error where the fix is a folder; unfinished work has no fault."""
    fault: str
    """Empty where the work is unfinished."""
    fix: Change
    file: str
    """The spoiled file, as the fix's folder has it."""
    text: str
    """That file with the error."""
    diff: tuple[str, ...]
    """The lines that it takes away and puts in."""

    def written(self, folder: Path) -> Change:
        """Write the spoiled fix below a folder; gives it as a change to carry out."""
        place = folder / self.fix.name if self.fix.path.is_dir() else folder
        if self.fix.path.is_dir():
            shutil.copytree(self.fix.path, place)
        (place / self.file).write_text(self.text, encoding="utf-8")  # a copied file keeps its mode
        return structs.replace(self.fix, path=place if self.fix.path.is_dir() else place / self.file)


class Marks(Record):
    """graders/LAB/mutants.toml."""

    equal: dict[str, Annotated[str, Meta(pattern=r"\S")]] = {}
    """Why a mutant is as right as the fix, by its id."""


def mutants_of(lab: Lab) -> list[Mutant]:
    """List every mutant of a lab, the same ones always."""
    fixes = [(exercise, patched(lab, fix)) for exercise in lab.written for fix in exercise.fixes]
    return [mutant for exercise, fix in fixes for mutant in _of_fix(lab, exercise, fix)]


@cache
def _place() -> tempfile.TemporaryDirectory[str]:
    """Where patched files are kept until this process ends."""
    return tempfile.TemporaryDirectory(prefix="kikori-patched-")


def patched(lab: Lab, fix: Change) -> Change:
    """Give a fix that is a patch as the files that it makes, laid over the workspace; any other as it is.

    Raises:
        OurFault: the patch does not fit the lab's workspace.
    """
    if fix.path.suffix != PATCH or lab.workspace is None:
        return fix
    before, after = lab.workspace, Path(_place().name, *fix.path.with_suffix("").absolute().parts[1:])
    shutil.rmtree(after, ignore_errors=True)
    shutil.copytree(before, after)
    apply_patch(fix, after)
    for path in [path for path in after.rglob("*") if path.is_file()]:
        same = before / path.relative_to(after)
        if same.is_file() and same.read_bytes() == path.read_bytes():
            path.unlink()
    return structs.replace(fix, path=after)


def marks_file(lab: Lab) -> Path:
    """Place the author's marks beside the lab's checks."""
    return lab.graders / FILE


def marks_of(lab: Lab) -> dict[str, str]:
    """Read the reasons of the mutants that are marked as equal; none where there is no such file.

    Raises:
        OurFault: the file is damaged.
    """
    file = marks_file(lab)
    return read_toml(file, Marks).equal if file.is_file() else {}


def astray(lab: Lab, marks: dict[str, str], mutants: list[Mutant]) -> Iterator[OurFault]:
    """Tell of each mark that is on no mutant."""
    known = [mutant.id for mutant in mutants]
    for name in marks:
        if name not in known:
            message = f"{marks_file(lab)}: {name}: there is no such mutant (any more)"
            yield OurFault(message, nearest(name, known) or "take the line out")


def _of_fix(lab: Lab, exercise: Exercise, fix: Change) -> Iterator[Mutant]:
    fault = exercise.id if isinstance(exercise, Fault) else ""
    for path in _files(lab, fix):
        file = path.name if path == fix.path else path.relative_to(fix.path).as_posix()
        begin = "/".join(filter(None, [fault, fix.name, "" if path == fix.path else file]))
        text = path.read_text(encoding="utf-8")
        for edit in _edits(lab, path, file, text):
            yield Mutant(
                id=f"{begin}/{edit.name}", fault=fault, fix=fix, file=file, text=edit.text, diff=_diff(text, edit.text)
            )


def _files(lab: Lab, fix: Change) -> list[Path]:
    if fix.path.is_file():
        return [fix.path]
    prose = () if lab.about.kind is Kind.WRITE else PROSE
    found = (path for path in sorted(fix.path.rglob("*")) if path.is_file() and path.name != ".change")
    return [path for path in found if path.suffix not in prose and _is_text(path)]


def _edits(lab: Lab, path: Path, file: str, text: str) -> Iterator[Edit]:
    """Spoil a file; of one that replaces another, the lines that differ."""
    before = (lab.workspace / file) if lab.workspace and path.suffix != ".sh" else None
    kept = frozenset(before.read_text(encoding="utf-8").splitlines()) if before and before.is_file() else frozenset()
    shell = _shell_of(text)
    return edits(text, in_shell=bool(shell), parses=_parser(path, text, shell), kept=kept)


def _shell_of(text: str) -> str:
    first = text.split("\n", 1)[0]
    return next((shell for shell in reversed(SHELLS) if first.startswith("#!") and first.endswith(shell)), "")


def _parser(path: Path, text: str, shell: str) -> Parses:
    """Say how it is found out whether a file still parses; one of an unknown kind always does."""
    if shell:
        return partial(_parses_in, shell)
    python = path.suffix == ".py" or "python" in text.split("\n", 1)[0]
    for read, applies in (
        (ast.parse, python),
        (yaml.safe_load, path.suffix in (".yml", ".yaml")),
        (json.loads, path.suffix == ".json"),
    ):
        if applies:
            return partial(_parses_by, read)
    return lambda text: True


def _parses_in(shell: str, text: str) -> bool:
    return subprocess.run([shell, "-n"], input=text.encode(), capture_output=True, check=False).returncode == 0


def _parses_by(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except (SyntaxError, ValueError, yaml.YAMLError):
        return False
    return True


def _is_text(path: Path) -> bool:
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _diff(before: str, after: str) -> tuple[str, ...]:
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return tuple(line for line in found if not line.startswith(("---", "+++", "@@")))
