"""Tell whether a document's headings, columns and rows are called as the form calls them, and say no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from filled_form.reader import BELOW, PART, TITLE, Form, Line, Names, Shape, cells_of, named, plain
from filled_form.rows import label

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
DIVIDED = re.compile(r"[()\[\]/／・]")
"""What divides a name from its unit, or from the same in another language."""
WORD = re.compile(r"[^\W_]+")
OF_SEVERAL = re.compile(r"(?<=[a-z]{3})s$")


def is_of(title: str, wanted: Iterable[re.Pattern[str]], other: re.Pattern[str]) -> bool:
    """Tell whether the heading at the top says all that it has to, and nothing of another."""
    said = plain(title)
    return all(one.search(said) for one in wanted) and not other.search(said)


def labels_of(lab: Path, *names: str) -> frozenset[str]:
    """Give what the empty forms of a lab call their parts, columns and rows, and each piece of it."""
    found: set[str] = set()
    forms = (file.read_text(encoding="utf-8") for name in names for file in lab.glob(name))
    for line in COMMENT.sub("", "\n".join(forms)).splitlines():
        is_heading = any(one.match(line) for one in (TITLE, PART, BELOW))
        found |= {line} if is_heading else {*cells_of(line), label(line)[0]}
    return frozenset({bare(one) for text in found for one in (text, *DIVIDED.split(text))} - {""})


def renamed(
    form: Form, shape: Shape, known: frozenset[str], fixed: Mapping[str, tuple[str, Names]] | None = None
) -> Iterator[tuple[Line, str]]:
    """Give the headings, columns and rows that say more than the form's, or another thing.

    ``fixed`` are the tables whose rows are the form's, with the column that names them.
    """
    for part, line in form.headings.items():
        yield from _more(line, line.text.lstrip("# "), shape.parts[part], known)
    for part, names in shape.columns.items():
        first = next(line for line in form.parts[part] if cells_of(line.text))
        for cell in cells_of(first.text):
            yield from _more(first, cell, names[named(cell, names)], known)
    for part, names in shape.lists.items():
        for line in form.parts[part]:
            row = cells_of(line.text) or [label(line.text)[0]]
            head = next((one for one in row if named(one, names)), "")
            yield from _more(line, head, names.get(named(head, names), ()), known)
    for part, (column, names) in (fixed or {}).items():
        for row in form.tables[part]:
            said = row.cells[column]
            yield from _more(Line(row.line, said), said, names.get(named(said, names), ()), known)


def bare(text: str) -> str:
    """Give the words of a name, without its number, its marks and the ending of several."""
    said = re.sub(r"^\d{1,2}[.)] ?", "", plain(text).lstrip("#_ "))
    return "".join(OF_SEVERAL.sub("", one) for one in WORD.findall(said))


def _more(line: Line, said: str, words: tuple[str, ...], known: frozenset[str]) -> Iterator[tuple[Line, str]]:
    """Give a name that is neither a word for it, nor how the form's own begins."""
    pieces = [one for one in map(bare, (said, *DIVIDED.split(said))) if one]
    names = {*map(bare, words)}
    is_whole = bool(pieces) and (pieces[0] in names or _begins(pieces[0], known))
    if words and not is_whole and not all(one in names or _begins(one, known) for one in pieces[1:]):
        yield line, said


def _begins(said: str, known: frozenset[str]) -> bool:
    """Whether the form has a name that begins so."""
    return any(one.startswith(said) for one in known)
