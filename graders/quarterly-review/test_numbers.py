"""Do the numbers of the review follow from the records?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import values
from words import NUMBERS, PILES, UNITS, label

from conftest import rows_of
from kikori.grading import quoted, reasons, say

if TYPE_CHECKING:
    from filled_form.reader import Form
    from truth import Truth

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
PLACES = {"sli": 2, "used": 0, "complaints": 2, "floor": 2}
"""To how many decimals a number is worked out, or to more."""


def number_of(cell: str, kind: str, line: int, where: str) -> float:
    """The number that a cell is."""
    seen, units = values.number(cell, kind), UNITS[kind]
    unit = say(units[0], units[-1])
    hints = {
        "figures": reason("alone-figures"),
        "decimals": reason("alone-decimals"),
        "unit": reason("alone-unit"),
        "beside": reason("alone-beside"),
    }
    hint = hints[values.hindrance(cell, kind)]
    assert seen is not None, reason("one-value", line=line, objective=where, unit=unit, seen=quoted(cell), hint=hint)
    return seen


def test_sums(review: Form, truth: Truth) -> None:
    """SLI, use of the budget and complaints of each objective are those of the quarter.

    ja: どの目標も、SLI、予算の消費、苦情の割合が、四半期の記録のとおりである。
    """
    rows = rows_of(review, "quarter", truth)
    missing = [name for name in truth.names if name not in rows]
    assert not missing, reason("quarter-lacks", count=len(missing))
    for name, row in rows.items():
        if not truth.counted(name).valid:
            quiet = values.number(row.cells["complaints"], "complaints") == 0
            asked = ("sli", "used") if quiet else ("sli", "used", "complaints")
            empty = all(values.is_none(row.cells[one]) for one in asked)
            assert empty, reason("nothing-to-divide", line=row.line, objective=name)
            continue
        wanted = {
            "sli": (truth.sli(name), reason("hint-sli")),
            "used": (truth.used(name), reason("hint-used")),
            "complaints": (truth.loudness(name), reason("hint-complaints")),
        }
        for column, (value, hint) in wanted.items():
            cell = row.cells[column]
            right = values.is_writing_of(number_of(cell, column, row.line, name), value, PLACES[column])
            assert right, reason("sum", line=row.line, objective=name, seen=quoted(cell), hint=hint)


def test_piles(review: Form, truth: Truth) -> None:
    """Each objective is in the pile in which the rules of sorting put it.

    ja: どの目標も、仕分けの決まりどおりの山に入っている。
    """
    offered = [label(words) for words in PILES.values()]
    for name, row in rows_of(review, "quarter", truth).items():
        seen = values.one_of(row.cells["pile"], PILES)
        assert seen, reason("pile-word", line=row.line, seen=quoted(row.cells["pile"]), words=offered)
        wanted = truth.pile(name)
        hint = {"renew": reason("pile-renew"), "decide": reason("pile-decide"), "retire": reason("pile-retire")}[seen]
        assert seen == wanted, reason("pile", line=row.line, objective=name, hint=hint)


def test_counts(review: Form, truth: Truth) -> None:
    """The numbers of the whole review are counted from the records.

    ja: レビュー全体の数字が、記録から数えたとおりである。
    """
    for name, (line, cell) in review.lists["numbers"].items():
        title = label(NUMBERS[name])
        hint = reason("count-pages") if name in ("pages", "acted") else reason("count-rules")
        right = number_of(cell, name, line, title) == truth.counts[name]
        assert right, reason("count", line=line, objective=title, seen=quoted(cell), hint=hint)


def test_floors(review: Form, truth: Truth) -> None:
    """For each missed objective, and for no other, it is worked out what it can keep at most on what it needs.

    ja: 破られた目標のそれぞれについて、そしてそれだけについて、必要とするものから決まる上限が計算してある。
    """
    rows = rows_of(review, "floors", truth)
    missing = [name for name in truth.names if truth.is_missed(name) and name not in rows]
    assert not missing, reason("floor-lacks", count=len(missing))
    for name, row in rows.items():
        assert truth.is_missed(name), reason("floor-beside", line=row.line, objective=name)
        promised, kept = truth.floor(name)
        for column, value in (("promised", promised), ("kept", kept)):
            cell = row.cells[column]
            right = values.is_writing_of(number_of(cell, "floor", row.line, name), value, PLACES["floor"])
            assert right, reason("floor", line=row.line, objective=name, seen=quoted(cell))
