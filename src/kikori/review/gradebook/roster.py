"""The names that a course platform knows: it takes a table of grades whole or, for one unknown name, not at all."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from pathlib import Path

from msgspec.structs import replace

from kikori.errors import KikoriError
from kikori.review.gradebook.cohort_table import Table

USERNAME = "username"
DELIMITERS = (",", ";", "\t")
MOST_BYTES = 2**22
HINT = f"a username on each line, or a CSV with a column {USERNAME}"


def read_roster(file: Path) -> frozenset[str]:
    """The names in a file: one on each line, or the column ``username`` of a CSV.

    Raises:
        KikoriError: it can't be read, or names nobody.
    """
    lines = _text(file).splitlines()
    found = frozenset(name.strip() for name in _names(lines)) - {""}
    if not found:
        raise KikoriError(f"{file}: names nobody.", HINT)
    return found


def _text(file: Path) -> str:
    try:
        with file.open("rb") as data:
            return data.read(MOST_BYTES).decode("utf-8-sig")
    except OSError as problem:
        raise KikoriError(f"{file}: can't be read: {problem.strerror}", HINT) from None
    except UnicodeDecodeError:
        raise KikoriError(f"{file}: not a text in UTF-8.", HINT) from None


def _names(lines: Sequence[str]) -> Sequence[str]:
    for delimiter in DELIMITERS:
        titles = [title.strip().casefold() for title in next(csv.reader(lines[:1], delimiter=delimiter), [])]
        if USERNAME in titles:
            at = titles.index(USERNAME)
            return [row[at] for row in csv.reader(lines[1:], delimiter=delimiter) if len(row) > at]
    return lines


def enrolled(table: Table, roster: Collection[str], file: Path) -> tuple[Table, Table]:
    """The table with a word on each learner who is not in the list, and the one for course platforms without them.

    Raises:
        KikoriError: nobody of the class is in the list, so it is another one.
    """
    known = tuple(name for name in table.learners if name in roster)
    if not known:
        raise KikoriError(f"{file}: nobody of this class is in it, such as {table.learners[0][:60]}.", HINT)
    strangers = [name for name in table.learners if name not in roster]
    told = [f"{name}: not in {file.name}, so not in the tables for Moodle and Canvas" for name in strangers]
    table = replace(table, told=(*table.told, *told))
    return table, replace(table, learners=known)
