"""Does each step have its kind, its day, its hours, and a way to see that it is done?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from filled_form.day_alone import day_alone
from filled_form.filler import same_as_before
from filled_form.reader import plain
from filled_form.values import days, names_in, without_asides
from test_form import says
from test_one_year import field_of, parts_in
from test_problem import fits_its_record, next_of
from values import letters
from words import BESIDE_DAY, KINDS, NEXT, STEPS, label

from conftest import the_number
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from facts import Facts
    from filled_form.reader import Form, Line, Row

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_map", "test_problem")]
SAYS, SEEN = 2, 4
"""The fewest words of a step, and of the way to see that it is done."""
HALF, WEEKEND = 0.5, 3
"""How far hours may be from what follows, and the days from a Friday to the Monday after."""


def kinds_of(plan: Form) -> dict[int, str]:
    """Give the kind of each step, by its line."""
    found = {}
    for row in plan.tables["steps"]:
        kinds = names_in(row.cells["kind"], KINDS)
        offered = [label(words) for words in KINDS.values()]
        seen = quoted(row.cells["kind"])
        assert len(kinds) == 1, reason("which-kind", line=row.line, seen=seen, kinds=offered)
        found[row.line] = kinds.pop()
    return found


def steps_of(plan: Form, kind: str, kinds: Mapping[int, str]) -> list[Row]:
    """Give the steps of one kind."""
    return [row for row in plan.tables["steps"] if kinds[row.line] == kind]


def day_of(line: Line, facts: Facts) -> date:
    """Give the one day of a cell, which lies in the quarter."""
    seen, begins, ends = settled_day(line, facts), facts.begins, facts.ends
    inside = begins <= seen <= ends
    assert inside, reason("day-outside", line=line.number, seen=str(seen), begins=str(begins), ends=str(ends))
    return seen


def settled_day(line: Line, facts: Facts) -> date:
    """Give the one day of a cell, which doesn't slip."""
    found = day_alone(line.text, facts.begins, *BESIDE_DAY)
    is_one = len(days(line.text, facts.begins)) == 1
    assert is_one, reason("one-day", line=line.number, seen=quoted(plain(line.text)))
    assert found, reason("day-slips", line=line.number, seen=quoted(plain(line.text)))
    return found


def test_steps(plan: Form, facts: Facts) -> None:
    """Each step has a day in the quarter, its hours, and something to look at.

    ja: どの手順にも、四半期の中の日付と、時間と、見れば分かることがある。
    """
    for row in plan.tables["steps"]:
        says(row.cell("what"), label(STEPS["what"]), SAYS)
        says(row.cell("seen"), label(STEPS["seen"]), SEEN)
        again = same_as_before([row.cells["what"], row.cells["seen"]])
        assert again is None, reason("seen-is-step", line=row.line)
        day_of(row.cell("day"), facts)
        assert the_number(row.cell("hours"), STEPS["hours"]) > 0, reason("no-hours", line=row.line)
    for column in ("what", "seen"):
        same = same_as_before([row.cells[column] for row in plan.tables["steps"]])
        assert same is None, reason("same", line=plan.tables["steps"][same or 0].line)


@pytest.mark.needs("test_steps")
def test_kinds(plan: Form, facts: Facts) -> None:
    """There is a step of each kind, and each is about what such a step is for.

    ja: どの種類の手順もあり、それぞれの対象が種類に合っている。
    """
    kinds = kinds_of(plan)
    missing = [label(words) for name, words in KINDS.items() if name not in kinds.values()]
    assert not missing, reason("kind-missing", kinds=missing)
    field = field_of(plan, facts)
    for row in steps_of(plan, "deep", kinds):
        assert parts_in(row.cells["about"], facts) == {field}, reason("another-depth", line=row.line, which=field)
    lowest = min(one.knows for one in facts.parts.values())
    for row in steps_of(plan, "wide", kinds):
        named = parts_in(row.cells["about"], facts)
        assert named, reason("no-part", line=row.line, row=label(STEPS["about"]), seen=quoted(row.cells["about"]))
        known = sorted(one for one in named if facts.parts[one].knows > lowest)
        assert not known, reason("not-blank", line=row.line, which=known[0] if known else "")
    for row in steps_of(plan, "write", kinds):
        about = row.cells["about"]
        named = parts_in(about, facts) | problems_in(about, facts) | (letters(about) & facts.next.keys())
        has = named or not facts.next
        assert has, reason("writes-of-nothing", line=row.line, seen=quoted(about))
    _problem_hours(plan, facts, steps_of(plan, "problem", kinds))


def _problem_hours(plan: Form, facts: Facts, rows: list[Row]) -> None:
    """Fail where the steps of the next problem are about another one, or have other hours than it takes."""
    one = next_of(plan, facts)
    for row in rows:
        if one:
            fits_its_record(row.cell("about"), one.name, facts)
        named = letters(row.cells["about"])
        assert not one or named == {one.name}, reason("another-problem", line=row.line, which=one.name if one else "")
    planned = sum(the_number(row.cell("hours"), STEPS["hours"]) for row in rows)
    weeks, hours = (the_number(plan.lists["next"][name], NEXT[name]) for name in ("weeks", "hours"))
    takes = weeks * hours
    seen = f"{planned:g}"
    assert abs(planned - takes) <= HALF, reason("problem-hours", line=rows[0].line, seen=seen, takes=f"{takes:g}")
    last = max(rows, key=lambda row: day_of(row.cell("day"), facts))
    day, soonest = day_of(last.cell("day"), facts), facts.begins + timedelta(days=round(7 * weeks) - WEEKEND)
    assert day >= soonest, reason("too-soon", line=last.line, seen=str(day), weeks=f"{weeks:g}", soonest=str(soonest))


@pytest.mark.needs("test_kinds")
def test_give(plan: Form, facts: Facts) -> None:
    """What is given away came again, and is not what the plan itself is to end.

    ja: 人に渡すものは、また起きた問題で、次の問題そのものではない。
    """
    one, kinds = next_of(plan, facts), kinds_of(plan)
    ends = steps_of(plan, "problem", kinds)
    for row in steps_of(plan, "give", kinds):
        about = row.cells["about"]
        named = problems_in(about, facts)
        assert len(named) == 1, reason("gives-what", line=row.line, seen=quoted(about))
        name = named.pop()
        assert facts.times[name] > 1, reason("gives-what-is-over", line=row.line, which=name)
        assert not facts.problems[name].handed_on, reason("gives-again", line=row.line, which=name)
        assert not one or one.ends != name, reason("gives-and-keeps", line=row.line, which=name)
        fits_its_record(row.cell("about"), name, facts)
        kept = [plan.lists["next"]["problem"].text, *(each.cells["about"] for each in ends)]
        is_kept = not one and any(_is_mostly(text, name) for text in kept)
        assert not is_kept, reason("gives-and-keeps", line=row.line, which=name)


def _is_mostly(text: str, name: str) -> bool:
    """Tell whether a text is the name of a problem, with few words around it."""
    said = without_asides(text)
    return plain(name) in said and 2 * len(plain(name)) >= len(said)


def problems_in(text: str, facts: Facts) -> set[str]:
    """Give the problems of the year that a text names; of two of which one has the other, the longer one."""
    found = names_in(text, {name: (name,) for name in facts.problems})
    return {one for one in found if not any(one != other and plain(one) in plain(other) for other in found)}
