"""Is the form filled in, and does what is prose say something?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from filled_form.blanks import NOBODY
from filled_form.filler import is_babble, is_copied, is_near_copy, same_as_before
from filled_form.headings import is_of, renamed
from filled_form.placeholders import is_for_later, is_put_off
from filled_form.reader import Line, length, plain
from words import (
    AUTHOR,
    COLUMNS,
    FACTS,
    FEWEST,
    LABELS,
    OTHER,
    OURS,
    PARTS,
    PROSE,
    SHAPE,
    THEIRS,
    WHOSE,
    label,
)

from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from filled_form.reader import Form, Row

reason = reasons(__file__)

pytestmark = pytest.mark.static
TOLD = {"tasks": ("otherwise",), "alerts": ("action",), "failures": ("name", "action", "safe")}
"""Columns of words, which people read."""


def test_form(document: Form) -> None:
    """All parts of the form are there and can be read.

    ja: 書式のすべての項目があり、読み取れる。
    """
    for part, rows in document.tables.items():
        assert rows, reason("no-rows", file=document.file, part=label(PARTS[part]))
    assert is_of(document.title, WHOSE, OTHER), reason("whose", file=document.file, seen=quoted(document.title))
    fixed = {"facts": ("name", FACTS)}
    line, head = next(renamed(document, SHAPE, LABELS, fixed), (Line(0, ""), ""))
    assert not head, reason("renamed", line=line.number, seen=quoted(head))


@pytest.mark.needs("test_form")
def test_prose(document: Form) -> None:
    """Purpose, reasons, limits and actions say something of their own.

    ja: 目的、作りの理由、しないこと、最初の行動に、それぞれの中身がある。
    """
    for part, least in PROSE.items():
        text, heading = document.text(part), label(PARTS[part])
        seen = _length(text)
        assert seen >= least, reason("short", heading=heading, seen=seen, least=least)
        assert not is_babble(text), reason("babble", heading=heading)
        assert not is_put_off(text), reason("put-off", heading=heading)
        assert not is_copied(text, OURS), reason("copied", heading=heading)
        assert not is_near_copy(text, THEIRS), reason("near-copy", heading=heading)
    assert same_as_before([document.text(part) for part in PROSE]) is None, reason("same-part")
    for part, columns in TOLD.items():
        for row in document.tables[part]:
            for column in columns:
                _says(row, column, label(COLUMNS[part][column]))
    for part in ("alerts", "failures"):
        rows = document.tables[part]
        same = same_as_before([row.cells["action"] for row in rows])
        assert same is None, reason("action-same", line=rows[same or 0].line)


def _length(text: str) -> int:
    """Count the words of a text; one that only stands for nothing has none."""
    return 0 if plain(text).strip(" .。") in NOBODY else length(text)


def _says(row: Row, column: str, title: str) -> None:
    """Fail where a cell is too short, only fills its place, or is the form's or the example's."""
    text, least = row.cells[column], FEWEST[column]
    seen = _length(text)
    assert seen >= least, reason("cell-short", line=row.line, row=title, seen=seen, least=least)
    assert not is_babble(text), reason("cell-babble", line=row.line, row=title)
    is_late = is_put_off(text) if column == "action" else is_for_later(text)
    assert not is_late, reason("cell-put-off", line=row.line, row=title)
    is_ours = column in ("action", "safe") and is_copied(text, OURS)
    assert not is_ours, reason("cell-copied", line=row.line, row=title)
    is_theirs = column in ("action", "safe") and is_near_copy(text, THEIRS)
    assert not is_theirs, reason("cell-near-copy", line=row.line, row=title)


def test_without_its_author(document: Form) -> None:
    """No step and no action names the author, who is away.

    ja: 手順にも行動にも、もういない作者の名前がない。
    """
    for part, columns in TOLD.items():
        for row in document.tables[part]:
            for column in (one for one in columns if one != "name"):
                named = AUTHOR.search(plain(row.cells[column]))
                assert not named, reason("author-needed", line=row.line, seen=quoted(row.cells[column]))
