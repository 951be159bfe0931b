"""A fix, trap, fault or check of a shipped lab that was broken by hand is found, by its file.

Some parts of the smallest lab are tried, and one of two others; `./kikori test --all` tries every part of every lab.
"""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from drawn import EVERYTHING, drawn
from kikori import host, paths
from kikori.content import Catalog
from kikori.engine import Silent
from kikori.lint.subjects.grader_file import GraderFile
from kikori.model import Change, Fault, Kind, Lab
from kikori.prove.runner import Wanted, prove

SMALLEST = "first-look"


class Part(NamedTuple):
    """A part of a lab, and the demand that is breached without it."""

    lab: str
    kind: str
    name: str
    """Of a check its name, of a change the demand on it."""
    demand: str
    file: str
    """What the breach must name."""


def parts(lab: Lab) -> Iterator[Part]:
    traps: dict[str, Part] = {}
    for exercise in lab.written:
        begin = f"{exercise.id}/" if isinstance(exercise, Fault) else ""
        if isinstance(exercise, Fault):
            yield Part(
                lab.id, "fault", exercise.id, exercise.id, str(exercise.breaking[-1].path.relative_to(lab.folder))
            )
        for fix in exercise.fixes:
            yield _part(lab, "fix", f"{begin}fixes/{fix.name}", fix)
        for trap in exercise.traps:
            part = _part(lab, "trap", f"{begin}traps/{trap.name}", trap)
            traps.setdefault(trap.fails, part)
            yield part
    for grader in sorted(lab.graders.glob("test_*.py")):
        for check in GraderFile(grader).checks:
            if trap := traps.get(check.name):  # lint tells of a check that no trap names
                yield Part(lab.id, "check", check.name, trap.demand, trap.file)


def _part(lab: Lab, kind: str, demand: str, change: Change) -> Part:
    return Part(lab.id, kind, demand, demand, str(change.path.relative_to(lab.folder)))


FIRST_OF = {lab.about.course: lab.id for lab in reversed(Catalog().labs()) if lab.id != SMALLEST}
"""A lab for each course."""
OTHERS = drawn(list(FIRST_OF.values()), 2)


def chosen(lab: Lab) -> list[Part]:
    every = list(parts(lab))
    if EVERYTHING:
        return every
    if lab.id == SMALLEST:
        return drawn(every, 6, lambda part: f"{part.kind} {part.name}")
    return [Random(lab.id).choice(every)] if lab.id in OTHERS else []


PARTS = [
    pytest.param(
        part,
        id=f"{part.lab}:{part.kind}:{part.name}",
        marks=[
            pytest.mark.stands_on(lab.id),
            *([pytest.mark.quiet] if lab.about.kind is Kind.TUNE else []),
        ],
    )
    for lab in Catalog().labs()
    for part in chosen(lab)
]


def spoil(root: Path, part: Part) -> None:
    """Break one part: a change does nothing, a trap does what a right fix does, a check asks nothing."""
    lab = Catalog([root]).lab(part.lab)
    if part.kind == "check":
        for grader in lab.graders.glob("test_*.py"):
            empty_check(grader, part.name)
        return
    file = lab.folder / part.file
    header = head(file)
    shutil.rmtree(file) if file.is_dir() else file.unlink()
    if part.kind == "trap":
        do_it_right(lab, part, file, header)
    else:
        write_script(file.with_suffix(".sh"), header)


def empty_check(grader: Path, name: str) -> None:
    """Leave of a check its title alone."""
    lines = grader.read_text(encoding="utf-8").splitlines()
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            first = node.body[1]
            lines[first.lineno - 1 : node.end_lineno] = ["    return"]
            grader.write_text("\n".join(lines) + "\n", encoding="utf-8")
            return


def head(file: Path) -> list[str]:
    """The lines that say where a change is carried out and what it fails at."""
    said = file / ".change" if file.is_dir() else file
    lines = said.read_text(encoding="utf-8").splitlines() if said.is_file() else []
    begin = ["# service: workspace"] if file.is_dir() else []
    return begin + [line for line in lines if line.startswith(("# service:", "# fails:", "# then:"))]


def write_script(file: Path, header: list[str], body: str = "true") -> None:
    file.write_text("\n".join(["#!/bin/sh", *header, body, ""]), encoding="utf-8")
    file.chmod(0o755)


def do_it_right(lab: Lab, part: Part, file: Path, header: list[str]) -> None:
    fault = part.demand.split("/")[0]
    (exercise,) = (one for one in lab.exercises if not isinstance(one, Fault) or one.id == fault)
    right = exercise.fixes[0].path
    fails = [line for line in header if line.startswith("# fails:")]
    if right.is_dir():
        shutil.copytree(right, file.with_suffix(""))
        (file.with_suffix("") / ".change").write_text("\n".join(fails) + "\n", encoding="utf-8")
    else:
        text = right.read_text(encoding="utf-8")
        own = [line for line in head(right) if not line.startswith("# fails:")]
        write_script(file.with_suffix(".sh"), [*own, *fails], text.partition("\n")[2])


@pytest.mark.docker
@pytest.mark.parametrize("part", PARTS)
def test_a_part_broken_by_hand_is_found_by_its_file(tmp_path: Path, part: Part) -> None:
    host.ready()
    for folder in (f"labs/{part.lab}", f"graders/{part.lab}", "labs/_images"):
        shutil.copytree(paths.ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    spoil(tmp_path, part)
    proofs = prove(Wanted(labs=(Catalog([tmp_path]).lab(part.lab),), only=part.demand, jobs=1), Silent())
    assert proofs.exit_code == 1, "nothing was noticed"
    assert Path(part.file).stem in proofs.proofs[0].demands[0].breach
