"""Is the form filled in, and does what is prose say something?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from filled_form.filler import is_babble, is_copied, same_as_before
from filled_form.left_open import is_left_open
from filled_form.postponed import is_put_off
from filled_form.reader import length
from retried import is_same_again
from words import ACTION, OURS, PARTS, PROSE, SAFE, label

from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from filled_form.reader import Form, Row

reason = reasons(__file__)

pytestmark = pytest.mark.static


def test_form(document: Form) -> None:
    """All parts of the form are there and can be read.

    ja: 書式のすべての項目があり、読み取れる。
    """
    for part, rows in document.tables.items():
        assert rows, reason("no-rows", file=document.file, part=label(PARTS[part]))


@pytest.mark.needs("test_form")
def test_prose(document: Form) -> None:
    """Purpose, reasons, limits and actions say something of their own.

    ja: 目的、作りの理由、しないこと、最初の行動に、それぞれの中身がある。
    """
    for part, least in PROSE.items():
        text, heading = document.text(part), label(PARTS[part])
        seen = length(text)
        assert seen >= least, reason("short", heading=heading, seen=seen, least=least)
        is_open = is_left_open(text) or is_put_off(text, least)
        assert not is_open, reason("part-open", heading=heading)
        assert not is_babble(text), reason("babble", heading=heading)
        assert not is_copied(text, OURS), reason("copied", heading=heading)
    assert same_as_before([document.text(part) for part in PROSE]) is None, reason("same-part")
    for part in ("alerts", "failures"):
        rows = document.tables[part]
        for row in rows:
            _is_answered(row, "action", ACTION)
            assert length(row.cells["action"]) >= ACTION, reason("action-short", line=row.line, least=ACTION)
            assert not is_babble(row.cells["action"]), reason("action-babble", line=row.line)
            assert not is_copied(row.cells["action"], OURS), reason("action-copied", line=row.line)
            again = is_same_again(row.cells["action"])
            assert not again, reason("same-again", line=row.line, seen=quoted(row.cells["action"]))
        same = same_as_before([row.cells["action"] for row in rows])
        assert same is None, reason("action-same", line=rows[same or 0].line)
    for row in document.tables["failures"]:
        _is_answered(row, "name", 1)
        _is_answered(row, "safe", SAFE)
        assert length(row.cells["safe"]) >= SAFE, reason("safe-short", line=row.line, least=SAFE)
        assert not is_babble(row.cells["safe"]), reason("action-babble", line=row.line)
        assert length(row.cells["name"]), reason("failure-nameless", line=row.line)


def _is_answered(row: Row, column: str, least: int) -> None:
    """Fail where a cell says that its answer comes later."""
    cell = row.cells[column]
    is_open = is_left_open(cell) or is_put_off(cell, least)
    assert not is_open, reason("left-open", line=row.line, seen=quoted(cell))
