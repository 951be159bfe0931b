"""Is the form filled in, and does what is prose say something?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from another import is_of_another_quarter
from filled_form.filler import is_babble, is_copied, is_near_copy, same_as_before
from filled_form.reader import length, plain
from values import named_records
from words import COLUMNS, EXAMPLE, OURS, PARTS, PROSE, TEXTS, label

from conftest import rows_of
from kikori.grading import reasons

if TYPE_CHECKING:
    from filled_form.reader import Form, Row
    from truth import Truth

reason = reasons(__file__)

pytestmark = pytest.mark.static


def test_form(review: Form, truth: Truth) -> None:
    """All parts of the form are there and can be read.

    ja: 書式のすべての項目があり、読み取れる。
    """
    assert review.tables["quarter"], reason("no-rows", file=review.file, part=label(PARTS["quarter"]))
    assert review.tables["decisions"], reason("no-rows", file=review.file, part=label(PARTS["decisions"]))
    assert not is_of_another_quarter(review, truth), reason("another-quarter")


@pytest.mark.needs("test_form")
def test_prose(review: Form, truth: Truth) -> None:
    """Summary, reasons, outcomes and what is in none of the piles say something of their own.

    ja: 要約、理由、その後どうなったか、どの山にもないものに、それぞれの中身がある。
    """
    for part, least in PROSE.items():
        _says(review.text(part), least, reason("in-part", heading=label(PARTS[part])), truth)
    assert same_as_before([review.text(part) for part in PROSE]) is None, reason("same-part")
    for row in review.tables["last"]:
        _cell(row, "last", "came", truth)
    rows = list(rows_of(review, "decisions", truth).values())
    for row in rows:
        _cell(row, "decisions", "why", truth)
    same = same_as_before([_without_names(row.cells["why"], truth) for row in rows])
    assert same is None, reason("why-same", line=rows[same or 0].line)


def _cell(row: Row, part: str, column: str, truth: Truth) -> None:
    """Fail where a cell of words says too little, or nothing of its own."""
    where = reason("in-cell", line=row.line, column=label(COLUMNS[part][column]))
    _says(row.cells[column], TEXTS[column], where, truth)


def _says(text: str, least: int, where: str, truth: Truth) -> None:
    """Fail where a text is too short, only fills its place, is ours, or names a record that nobody has kept."""
    seen = length(text)
    assert seen >= least, reason("short", where=where, seen=seen, least=least)
    assert not is_babble(text), reason("babble", where=where)
    is_theirs = is_copied(text, OURS) or is_near_copy(text, EXAMPLE)
    assert not is_theirs, reason("copied", where=where)
    strange = [one for one in named_records(text) if one not in truth.records]
    assert not strange, reason("no-such-record", where=where, number=(strange or [""])[0])


def _without_names(text: str, truth: Truth) -> str:
    """A reason without the names by which copies differ."""
    said = plain(text)
    for name in truth.names:
        said = said.replace(name, " ").replace(name.replace("-", " "), " ")
    return said
