"""Is the form filled in, and does what is prose say something?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from another import is_of_another_quarter
from filled_form.filler import is_babble, is_copied, is_near_copy, is_said_in, same_as_before
from filled_form.headings import is_of, renamed
from filled_form.joined import is_joined_copy, is_nearly
from filled_form.placeholders import is_for_later, is_put_off
from filled_form.reader import Line, length, plain
from filled_form.rows import of_ones_own
from values import named_records
from words import COLUMNS, EXAMPLE, LABELS, OTHER, OURS, PARTS, PROSE, SHAPE, TALKS, TEXTS, WHEN, label

from conftest import rows_of
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filled_form.reader import Form, Row
    from truth import Truth

reason = reasons(__file__)

pytestmark = pytest.mark.static


def test_form(review: Form, truth: Truth) -> None:
    """All parts of the form are there and can be read, and each row is about one objective.

    ja: 書式のすべての項目があって読み取れ、どの行も一つの目標についてのものである。
    """
    assert review.tables["quarter"], reason("no-rows", file=review.file, part=label(PARTS["quarter"]))
    assert review.tables["decisions"], reason("no-rows", file=review.file, part=label(PARTS["decisions"]))
    assert is_of(review.title, WHEN, OTHER), reason("which-quarter", file=review.file, seen=quoted(review.title))
    line, head = next(of_ones_own(review, SHAPE), (Line(0, ""), ""))
    assert not head, reason("own-row", line=line.number, seen=quoted(head))
    line, head = next(renamed(review, SHAPE, LABELS), (Line(0, ""), ""))
    assert not head, reason("renamed", line=line.number, seen=quoted(head))
    for part in ("quarter", "floors", "decisions"):
        rows_of(review, part, truth)
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
        is_late = is_for_later(row.cells["done"])
        assert not is_late, reason("put-off", where=_where(row, "decisions", "done"))
    own = [_without_names(row.cells["why"], truth) for row in rows]
    same = next((place for place, text in enumerate(own) if is_said_before(text, own[:place])), None)
    assert same is None, reason("why-same", line=rows[same or 0].line)
    _are_told_once(review, rows)


def _are_told_once(review: Form, rows: list[Row]) -> None:
    """Fail where a reason has the words of another field."""
    said = [*(review.text(part) for part in PROSE), *(row.cells["came"] for row in review.tables["last"])]
    said += [row.cells["done"] for row in rows]
    for row in rows:
        assert not is_said_before(row.cells["why"], said), reason("why-again", line=row.line)


def is_said_before(text: str, others: Sequence[str]) -> bool:
    """Tell whether a text says what one of some others says, or nearly."""
    return is_said_in(text, others) or any(is_nearly(text, one) for one in others)


def _cell(row: Row, part: str, column: str, truth: Truth) -> None:
    """Fail where a cell of words says too little, or nothing of its own."""
    _says(row.cells[column], TEXTS[column], _where(row, part, column), truth)


def _where(row: Row, part: str, column: str) -> str:
    """Name a cell."""
    return reason("in-cell", line=row.line, column=label(COLUMNS[part][column]))


def _says(text: str, least: int, where: str, truth: Truth) -> None:
    """Fail where a text is too short, only fills its place, is ours, or names a record that nobody has kept."""
    seen = length(text)
    assert seen >= least, reason("short", where=where, seen=seen, least=least)
    assert not is_babble(text), reason("babble", where=where)
    assert not is_put_off(text), reason("put-off", where=where)
    is_theirs = is_copied(text, OURS) or _is_copy(text, EXAMPLE)
    assert not is_theirs, reason("copied", where=where)
    assert not _is_copy(text, TALKS), reason("talks", where=where)
    strange = [one for one in named_records(text) if one not in truth.records]
    assert not strange, reason("no-such-record", where=where, number=(strange or [""])[0])


def _is_copy(text: str, known: Sequence[Sequence[str]]) -> bool:
    """Whether half of a text, or more, are known sentences, alone or joined."""
    return is_near_copy(text, known) or is_joined_copy(text, known)


def _without_names(text: str, truth: Truth) -> str:
    """A reason without the names by which copies differ."""
    said = plain(text)
    for name in truth.names:
        said = said.replace(name, " ").replace(name.replace("-", " "), " ")
    return said
