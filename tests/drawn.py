"""What a landing tries of many alike, and of what it does not touch: some, drawn by the commit; others in the next one.

``./kikori test --all``, or KIKORI_ALL_PARTS=1, tries all of them.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

from kikori import paths
from kikori.selftest import TOUCHED

T = TypeVar("T")

EVERYTHING = "KIKORI_ALL_PARTS" in os.environ
OF = 3
"""One of so many tests that stand on nothing touched has its turn."""
BELOW_ALL = (
    "kikori",
    "pyproject.toml",
    "requirements.lock",
    "requirements-dev.lock",
    "labs/_images/",
    "labs/_models/",
    "tests/conftest.py",
)
"""What every test stands on, besides the code and its own folder."""
DEAR = ("docker", "browser")
"""Marks of tests that take turns even where they say nothing of what they stand on."""
PRODUCT = ("src/", "labs/", "graders/", "courses/", "mkdocs.yml")
"""What these stand on: all that somebody gets who has the course."""


def has_its_turn(test: str, file: str, stands_on: Sequence[str], code: Sequence[str] | None = None) -> bool:
    """Tell whether a test is tried that stands on some labs, folders and files, and on the code.

    All are, but in a landing (KIKORI_TOUCHED): there it is where the landing touches one of these, or by lot.
    ``code`` names the packages that it stands on where these are not all.
    """
    if EVERYTHING or not (said := os.environ.get(TOUCHED)):
        return True
    below = (file if file.count("/") < 2 else file.rpartition("/")[0] + "/", *BELOW_ALL, *_places(stands_on))
    if any(name.startswith(below) or _is_code(name, code) for name in _touched(said)):
        return True
    return _has_the_lot(test)


def stands_on(marks: Iterable[pytest.Mark]) -> tuple[Sequence[str], Sequence[str] | None] | None:
    """Tell what a test stands on by its marks: places, and packages of the code.

    Nothing is told of one that is always tried: it is cheap, and says nothing.
    """
    known = list(marks)
    said = [mark for mark in known if mark.name == "stands_on"]
    if not said:
        return (PRODUCT, None) if any(mark.name in DEAR for mark in known) else None
    code = next((mark.kwargs["code"] for mark in said if "code" in mark.kwargs), None)
    return [place for mark in said for place in mark.args], code


def files_due(files: Sequence[Path], *judges: str) -> list[Path]:
    """Pick of files that are judged one by one what a landing touched, and by lot of the others.

    All are where it touched one of the ``judges``, folders or files that say what is right, and outside a landing.
    """
    if EVERYTHING or not (said := os.environ.get(TOUCHED)):
        return list(files)
    touched = _touched(said)
    if any(name.startswith(judges) for name in touched):
        return list(files)
    names = {file: file.relative_to(paths.ROOT).as_posix() for file in files}
    return [file for file, name in names.items() if name in touched or _has_the_lot(name)]


def _has_the_lot(name: str) -> bool:
    return int(hashlib.sha256(f"{commit()} {name}".encode()).hexdigest(), 16) % OF == 0


@cache
def _touched(file: str) -> tuple[str, ...]:
    return tuple(Path(file).read_text(encoding="utf-8").splitlines())


def _places(stands_on: Sequence[str]) -> Iterator[str]:
    for one in stands_on:
        yield from (one,) if "/" in one else (f"labs/{one}/", f"graders/{one}/")


def _is_code(name: str, packages: Sequence[str] | None) -> bool:
    """Tell whether a file is Python of the package, or of some of its packages, or what several tests share."""
    own = ("src/",) if packages is None else tuple(f"src/kikori/{one}/" for one in packages)
    shared = name.startswith("tests/") and name.count("/") == 1 and not name.startswith("tests/test_")
    return name.endswith(".py") and (name.startswith(own) or shared)


@cache
def commit() -> str:
    """The commit that is checked out; where there is none, the same ones are drawn each time."""
    head = ["git", "-C", str(paths.ROOT), "rev-parse", "HEAD"]
    return subprocess.run(head, capture_output=True, text=True, check=False).stdout.strip()


def drawn(those: Sequence[T], most: int, name: Callable[[T], str] = str) -> list[T]:
    """Draw as many by their names, in their order."""
    if EVERYTHING:
        return list(those)
    at = commit()
    lots = sorted(those, key=lambda one: hashlib.sha256(f"{at} {name(one)}".encode()).digest())
    chosen = {name(one) for one in lots[:most]}
    return [one for one in those if name(one) in chosen]
