"""Is the next problem one that somebody has, that fits, and of which others say that it is solved?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from drawn_year.draw import HAS
from likeness import alike
from test_one_year import EXACT
from values import one_of, several, short_name
from words import NEXT, SHAPE, label

from conftest import the_number
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from drawn_year.draw import Next
    from facts import Facts
    from filled_form.reader import Form, Names

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
THOSE: Names = {name: (name, japanese) for name, japanese in HAS.items()}
"""Who may have a problem of the desk, in both languages."""


def test_problem(plan: Form, facts: Facts) -> None:
    """The next problem is one that somebody has, and fits into the quarter.

    ja: 次の問題には困っている人がいて、四半期に収まる。
    """
    name_of(plan, facts)
    one = next_of(plan, facts)
    weeks, hours = (the_number(plan, plan.lists["next"][name], NEXT[name]) for name in ("weeks", "hours"))
    if one:
        assert one.whose, reason("nobodys", line=plan.lists["next"]["problem"].number)
        for name, seen, wanted in (("weeks", weeks, one.weeks), ("hours", hours, one.hours)):
            number, row = plan.lists["next"][name].number, label(NEXT[name])
            is_its = abs(seen - wanted) <= EXACT
            assert is_its, reason("other-problem", line=number, row=row, seen=f"{seen:g}", which=one.name)
    number = plan.lists["next"]["weeks"].number
    assert weeks <= facts.weeks, reason("too-long-a-problem", line=number, seen=f"{weeks:g}", weeks=facts.weeks)
    assert weeks > 0 < hours, reason("no-hours", line=number)


def name_of(plan: Form, facts: Facts) -> str:
    """Give the letter of the next problem, or the name that it has in a year of one's own."""
    line = plan.lists["next"]["problem"]
    if facts.next:
        letter = one_of(line.text, facts.next_names)
        assert letter, reason("which-problem", line=line.number, seen=quoted(line.text))
        return letter
    known = one_of(line.text, facts.problem_names)
    name = known or short_name(line.text)
    assert name, reason("own-name", line=line.number, seen=quoted(line.text))
    like = "" if known else alike(name, facts.problem_names)
    assert not like, reason("own-name-alike", line=line.number, seen=quoted(line.text), which=quoted(like))
    return name


def next_of(plan: Form, facts: Facts) -> Next | None:
    """Give the problem that was chosen; none where there is no list of them."""
    return facts.next.get(name_of(plan, facts))


@pytest.mark.needs("test_problem")
def test_says_solved(plan: Form, facts: Facts) -> None:
    """Those who have the problem are named, and one of them says that it is solved.

    ja: 困っている人が挙げられ、その中の誰かが、解決したと言うことになっている。
    """
    one = next_of(plan, facts)
    whose, says = plan.lists["next"]["whose"], plan.lists["next"]["says"]
    known = (THOSE, reason("names-who-has-it")) if one else (facts.people, reason("names-own-people"))
    have = others_of(plan, "next", "whose", *known, facts.planner)
    is_theirs = not one or have == set(one.whose)
    assert is_theirs, reason("not-all-of-them", line=whose.number, row=label(NEXT["whose"]), seen=quoted(whose.text))
    named = others_of(plan, "next", "says", *known, facts.planner)
    is_one = named <= have
    assert is_one, reason("not-theirs", line=says.number, row=label(NEXT["says"]), seen=quoted(says.text))


def others_of(plan: Form, part: str, name: str, known: Names, which: str, planner: str) -> set[str]:
    """Give those of a record whom a cell names, among whom whoever plans is not."""
    line, row = plan.lists[part][name], label(SHAPE.lists[part][name])
    found = several(line.text, known)
    assert found, reason("only-names", line=line.number, row=row, which=which, seen=quoted(line.text))
    assert planner not in found, reason("yourself", line=line.number, row=row, seen=quoted(planner))
    return found
