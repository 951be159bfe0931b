"""Is the year counted as its log has it, and is there one deep field on the map?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from filled_form.asides import asides, is_unsettled
from filled_form.reader import plain
from filled_form.values import NIL, any_word, stray, without_asides
from values import PARTS, of_how_many
from words import DEEP, YEAR, label

from conftest import the_number
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from facts import Facts
    from filled_form.reader import Form

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
EXACT, HALF = 0.01, 0.5
"""How far a count, and hours, may be from what the log has."""


def test_year(plan: Form, facts: Facts) -> None:
    """Occasions, problems and what came again are counted as the log has them.

    ja: 回数、問題の数、また起きたものが、記録のとおりに数えられている。
    """
    occasions, problems = len(facts.log), len(facts.times)
    for name, wanted, near, hint in (
        ("occasions", occasions, EXACT, reason("count-occasions")),
        ("problems", problems, EXACT, reason("count-problems")),
        ("again", occasions - problems, EXACT, reason("count-again")),
        ("again-hours", facts.again_hours, HALF, reason("count-hours")),
    ):
        _is(plan, name, wanted, near, hint)


def test_marks(plan: Form, facts: Facts) -> None:
    """Whose problems they were, and what was written and handed on, is counted by problems.

    ja: よその問題、書いたもの、渡したものが、問題の数で数えられている。
    """
    marks = [facts.problems[name] for name in facts.times]
    for name in ("others", "written", "handed"):
        _of_all(plan, name, len(facts.times))
    for name, wanted in (
        ("others", sum(one.whose != "own" for one in marks)),
        ("written", sum(one.written for one in marks)),
        ("handed", sum(one.handed_on for one in marks)),
    ):
        _is(plan, name, wanted, EXACT, reason("count-marks"))


def _is(plan: Form, name: str, wanted: float, near: float, hint: str) -> None:
    """Fail where a row of the year is another number."""
    line, row = plan.lists["year"][name], label(YEAR[name])
    is_none = without_asides(line.text) in NIL
    beside = next(filter(is_unsettled, asides(line.text)), "") if is_none else ""
    assert not beside, reason("beside-value", line=line.number, row=row, seen=quoted(beside))
    seen = 0.0 if is_none else the_number(line, YEAR[name])
    assert abs(seen - wanted) <= near, reason("count", line=line.number, row=row, seen=f"{seen:g}", hint=hint)


def _of_all(plan: Form, name: str, wanted: int) -> None:
    """Fail where a row says that it is a part of another number than there are."""
    line, row = plan.lists["year"][name], label(YEAR[name])
    seen = of_how_many(line.text)
    assert seen in (None, wanted), reason("of-how-many", line=line.number, row=row, seen=seen)


def test_map(plan: Form, facts: Facts) -> None:
    """The known parts and the one that others ask about are those of the map, and the deep field is one.

    ja: 知っている部分と、いちばん聞かれた部分が地図のとおりで、深い分野が一つである。
    """
    _of_all(plan, "known", len(facts.parts))
    _is(plan, "known", sum(one.knows > 0 for one in facts.parts.values()), EXACT, reason("count-known"))
    line = plan.lists["year"]["asked"]
    most = max(one.asked for one in facts.parts.values())
    wanted = {name for name, one in facts.parts.items() if one.asked == most}
    named = parts_in(without_asides(line.text), facts)
    is_most = bool(named) and named <= wanted
    assert is_most, reason("asked", line=line.number, seen=quoted(line.text))
    names = [name for part in facts.parts.values() for name in (part.name, part.japanese)]
    seen = stray(line.text, names, PARTS)
    assert not seen, reason("only-names", line=line.number, row=label(YEAR["asked"]), seen=quoted(seen))
    field_of(plan, facts)


def parts_in(text: str, facts: Facts) -> set[str]:
    """Give the parts of the map that a text names; of two names of which one has the other, the longer one."""
    found = {name for name, one in facts.parts.items() if any_word(text, (name, one.japanese))}
    return {one for one in found if not any(one != other and plain(one) in plain(other) for other in found)}


def field_of(plan: Form, facts: Facts) -> str:
    """Give the deep field."""
    line = plan.lists["deep"]["field"]
    named = parts_in(line.text, facts)
    row = label(DEEP["field"])
    assert named, reason("no-part", line=line.number, row=row, seen=quoted(line.text))
    assert len(named) == 1, reason("several-fields", line=line.number, which=sorted(named))
    return named.pop()
