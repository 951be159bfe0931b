"""Is the form filled in, and does what is prose say something?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from filled_form.filler import is_babble, is_copied, same_as_before
from filled_form.left_open import is_left_open
from filled_form.reader import length, plain
from postponed import is_postponed
from words import OURS, PARTS, PROSE, WHY, label

from conftest import rows_of
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from filled_form.reader import Form
    from truth import Truth

reason = reasons(__file__)

pytestmark = pytest.mark.static


def test_form(review: Form) -> None:
    """All parts of the form are there and can be read.

    ja: 書式のすべての項目があり、読み取れる。
    """
    assert review.tables["quarter"], reason("no-rows", file=review.file, part=label(PARTS["quarter"]))
    assert review.tables["decisions"], reason("no-rows", file=review.file, part=label(PARTS["decisions"]))


@pytest.mark.needs("test_form")
def test_prose(review: Form, truth: Truth) -> None:
    """Summary, reasons and what is in none of the piles say something of their own.

    ja: 要約、理由、どの山にもないものに、それぞれの中身がある。
    """
    for part, least in PROSE.items():
        text, heading = review.text(part), label(PARTS[part])
        seen = length(text)
        assert seen >= least, reason("short", heading=heading, seen=seen, least=least)
        is_put_off = is_left_open(text) or is_postponed(text, least)
        assert not is_put_off, reason("part-open", heading=heading)
        assert not is_babble(text), reason("babble", heading=heading)
        assert not is_copied(text, OURS), reason("copied", heading=heading)
    assert same_as_before([review.text(part) for part in PROSE]) is None, reason("same-part")
    rows = list(rows_of(review, "decisions", truth).values())
    for row in rows:
        why = row.cells["why"]
        is_put_off = is_left_open(why) or is_postponed(why, WHY)
        assert not is_put_off, reason("left-open", line=row.line, seen=quoted(why))
        assert length(row.cells["why"]) >= WHY, reason("why-short", line=row.line, least=WHY)
        assert not is_babble(row.cells["why"]), reason("why-babble", line=row.line)
        assert not is_copied(row.cells["why"], OURS), reason("why-copied", line=row.line)
    texts = [_without_names(row.cells["why"], truth) for row in rows]
    same = same_as_before(texts)
    assert same is None, reason("why-same", line=rows[same or 0].line)


def _without_names(text: str, truth: Truth) -> str:
    """A reason without the names by which copies differ."""
    said = plain(text)
    for name in truth.names:
        said = said.replace(name, " ").replace(name.replace("-", " "), " ")
    return said
