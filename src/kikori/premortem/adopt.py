"""``lab adopt FILE --word WORD``: a setter's fault made one of its lab, as an author writes one."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import tomlkit

from kikori.attempts.atomic_files import write_whole
from kikori.content import Catalog
from kikori.content.labs import read_lab
from kikori.errors import KikoriError
from kikori.fault_file import opened_with, read_for
from kikori.fault_file.folder import about, write_folder
from kikori.fault_file.unpack import judge_solution
from kikori.model import Lab
from kikori.model.lab import NAME
from kikori.prove.from_submission import Adopted


def adopt_fault(catalog: Catalog, file: Path, word: str, name: str) -> Adopted:
    """Write the folder of a fault, and its table into lab.toml; both, or neither.

    Raises:
        KikoriError: the file is none, the word is another one, or the lab has a fault of that name.
    """
    found, lab = read_for(file, catalog)
    target = lab.folder / "faults" / name
    if not re.fullmatch(NAME, name):
        raise KikoriError(f"{name}: no id for a fault: lower-case words with '-' between them.", "--name slow-checkout")
    if name in lab.faults or target.exists():
        raise KikoriError(f"{target} is there already.", "another --name")
    solution = opened_with(word, found.sealed, found.bound)
    judge_solution(solution, lab)
    with tempfile.TemporaryDirectory(prefix=".adopt-", dir=lab.folder.parent) as place:
        made = Path(place) / name
        write_folder(found, lab, made, solution)
        _take_in(lab, made, target, tomlkit.dumps({"faults": {name: about(solution)}}))
    services = dict.fromkeys(script.service for script in found.scripts)
    return Adopted(file=str(target), services=tuple(services), next=f"kikori lab lint {lab.id}")


def _take_in(lab: Lab, made: Path, target: Path, table: str) -> None:
    """Move the folder in and tell lab.toml of it; where the lab can't be read then, neither."""
    toml = lab.folder / "lab.toml"
    before = toml.read_bytes()
    target.parent.mkdir(exist_ok=True)
    try:
        made.rename(target)
        write_whole(toml, before.rstrip() + b"\n\n" + table.encode())
        toml.chmod(0o644)
        read_lab(lab.folder, lab.graders)
    except BaseException:
        write_whole(toml, before)
        toml.chmod(0o644)
        shutil.rmtree(target, ignore_errors=True)
        raise
