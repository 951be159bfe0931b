"""Folders: complete, and nothing that belongs to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from kikori.bench.scenario import FOLDER
from kikori.lint.finding import Location, spot_of
from kikori.lint.rule import rule
from kikori.lint.subjects.content import Content, Unread
from kikori.lint.subjects.source_tree import LabSource, SharedImages
from kikori.model import Kind
from kikori.prove.mutation import mutants
from kikori.runtime.images import FROM

KNOWN = (
    "lab.toml", "compose.yaml", "stack.yaml", "task.md", "task.ja.md", "debrief.md", "debrief.ja.md",
    "images/*/*", "workspace/*", "faults/*/break.sh", "faults/*/break/*",
    "fixes/*.sh", "fixes/*/*", "traps/*.sh", "traps/*/*", "defects/*",
    "faults/*/fixes/*.sh", "faults/*/fixes/*/*", "faults/*/traps/*.sh", "faults/*/traps/*/*",
)  # fmt: skip
"""Where files of a lab lie; ``*`` reaches over folders."""
GRADER_FILES = ("test_*.py", "conftest.py", "rubric.toml", "rounds.toml", mutants.FILE)


@rule
def contract(unread: Unread) -> Iterator[Location]:
    """A lab can be read; one that can't is not looked at further.

    No file is missing, no key of lab.toml unknown, each fault has its folder and each folder its fault, and TOML, YAML
    and Python parse.
    """
    mend = unread.problem.hint or "docs/lab-toml.md has every key, docs/architecture.md every file"
    yield spot_of(unread.problem, unread.path, mend)


@rule
def ids_differ(content: Content) -> Iterator[Location]:
    """No two labs have one id, whatever content roots they lie in."""
    seen: dict[str, Path] = {}
    for folder in content.labs:
        other = seen.setdefault(folder.name, folder)
        if other != folder:
            yield Location(folder, None, f"{other} has the same id", f"mv {folder} {folder}-2")


@rule
def known_files(source: LabSource) -> Iterator[Location]:
    """A lab's folder holds only what the contract knows.

    That is lab.toml, compose.yaml, perhaps stack.yaml, the four pages, images/, workspace/ and faults/ID/{break.sh,
    fixes/*.sh, traps/*.sh}, or folders in the place of these scripts, which are laid over the workspace. A lab of
    unfinished work has fixes/ and traps/ of its own, one to be tuned perhaps defects/: what its workspace is made of.
    """
    for path in source.files:
        name = path.relative_to(source.folder).as_posix()
        if not any(fnmatch(name, pattern) for pattern in KNOWN):
            yield Location(path, None, f"nothing reads {name}", "give it a name that the contract has, or delete it")


@rule
def known_grader_files(source: LabSource) -> Iterator[Location]:
    """A grader's folder holds test_*.py, conftest.py, what they import, rubric.toml, rounds.toml and mutants.toml.

    What has another name is not run. That of a tune lab has a folder bench/ too, with the scenario of its benchmark.
    """
    imported = {f"{name}.py" for grader in source.graders for name in grader.imports}
    known = (*GRADER_FILES, *imported, *((FOLDER,) if source.lab.about.kind is Kind.TUNE else ()))
    for path in sorted(source.lab.graders.iterdir()):
        if path.name != "__pycache__" and not any(fnmatch(path.name, pattern) for pattern in known):
            yield Location(path, None, f"nothing reads {path.name}", f"mv {path} {path.with_name('test_' + path.name)}")


@rule
def no_orphan_grader(content: Content) -> Iterator[Location]:
    """Every folder of graders/ belongs to a lab."""
    for folder in content.graders:
        if not (folder.parent.parent / "labs" / folder.name).is_dir():
            yield Location(
                folder, None, f"there is no lab called {folder.name}", f"rm -r {folder}, or name it after its lab"
            )


@rule
def no_orphan_image(images: SharedImages) -> Iterator[Location]:
    """Every folder of labs/_images is what an image of a lab stands on."""
    used = {name for path in images.folder.parent.rglob("Dockerfile*") for name in _below(path)}
    used |= {name for path in images.folder.parent.glob("*/compose.yaml") for name in _shared(path)}
    for folder in sorted(images.folder.glob("*")):
        if folder.name not in used:
            yield Location(folder, None, f"no lab stands on kikori/{folder.name}", f"rm -r {folder}, or build on it")


def _below(path: Path) -> list[str]:
    found: list[str] = FROM.findall(path.read_text(encoding="utf-8", errors="replace"))
    return found


def _shared(path: Path) -> list[str]:
    return re.findall(r"\.\./_images/([\w-]+)", path.read_text(encoding="utf-8", errors="replace"))
