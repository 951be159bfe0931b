"""Is the year counted as its log has it, and is there one deep field on the map?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from values import one_of, several
from words import DEEP, YEAR, label

from conftest import the_number
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from facts import Facts
    from filled_form.reader import Form, Line

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
EXACT, TENTH = 0.001, 0.0501
"""How far a count may be from what the log has, and hours: by their rounding to a tenth."""


def test_year(plan: Form, facts: Facts) -> None:
    """Occasions, problems and what came again are counted as the log has them.

    ja: 回数、問題の数、また起きたものが、記録のとおりに数えられている。
    """
    occasions, problems = len(facts.log), len(facts.times)
    for name, wanted, near, hint in (
        ("occasions", occasions, EXACT, reason("count-occasions")),
        ("problems", problems, EXACT, reason("count-problems")),
        ("again", occasions - problems, EXACT, reason("count-again")),
        ("again-hours", facts.again_hours, TENTH, reason("count-hours")),
    ):
        _is(plan, name, wanted, near, hint)


def test_marks(plan: Form, facts: Facts) -> None:
    """Whose problems they were, and what was written and handed on, is counted by problems.

    ja: よその問題、書いたもの、渡したものが、問題の数で数えられている。
    """
    marks = [facts.problems[name] for name in facts.times]
    for name, wanted in (
        ("others", sum(one.whose != "own" for one in marks)),
        ("written", sum(one.written for one in marks)),
        ("handed", sum(one.handed_on for one in marks)),
    ):
        _is(plan, name, wanted, EXACT, reason("count-marks"))


def _is(plan: Form, name: str, wanted: float, near: float, hint: str) -> None:
    """Fail where a row of the year is another number."""
    line, row = plan.lists["year"][name], label(YEAR[name])
    seen = the_number(plan, line, YEAR[name])
    assert abs(seen - wanted) <= near, reason("count", line=line.number, row=row, seen=f"{seen:g}", hint=hint)


def test_map(plan: Form, facts: Facts) -> None:
    """The known parts and the one that others ask about are those of the map, and the deep field is one.

    ja: 知っている部分と、いちばん聞かれた部分が地図のとおりで、深い分野が一つである。
    """
    _is(plan, "known", sum(one.knows > 0 for one in facts.parts.values()), EXACT, reason("count-known"))
    line = plan.lists["year"]["asked"]
    most = max(one.asked for one in facts.parts.values())
    wanted = {name for name, one in facts.parts.items() if one.asked == most}
    named = {one_of(line.text, facts.part_names)} - {""} or several(line.text, facts.part_names)
    assert named, reason("which-part", line=line.number, row=label(YEAR["asked"]), seen=quoted(line.text))
    assert named <= wanted, reason("asked", line=line.number, seen=quoted(line.text))
    field_of(plan, facts)


def field_of(plan: Form, facts: Facts) -> str:
    """Give the deep field."""
    return part_of(plan.lists["deep"]["field"], DEEP["field"], facts)


def part_of(line: Line, names: tuple[str, ...], facts: Facts) -> str:
    """Give the part of the map that a cell is."""
    found = one_of(line.text, facts.part_names)
    assert found, reason("which-part", line=line.number, row=label(names), seen=quoted(line.text))
    return found
