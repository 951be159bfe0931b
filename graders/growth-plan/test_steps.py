"""Does each step have its kind, its day, its hours, and a way to see that it is done?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from filled_form.filler import is_said_in, same_as_before
from people import without_names
from test_form import says
from test_one_year import TENTH, field_of, part_of
from test_problem import name_of, next_of
from values import one_of
from words import KINDS, NEXT, OTHERS, STEPS, label

from conftest import day_of, the_day, the_number
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from collections.abc import Mapping

    from facts import Facts
    from filled_form.reader import Form, Row

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_map", "test_problem")]
SAYS, SEEN = 2, 4
"""The fewest words of a step, and of the way to see that it is done."""
WEEKEND = 3
"""The days from a Friday to the Monday after."""


def kinds_of(plan: Form) -> dict[int, str]:
    """Give the kind of each step, by its line."""
    found = {}
    for row in plan.tables["steps"]:
        kind, seen = one_of(row.cells["kind"], KINDS), quoted(row.cells["kind"])
        offered = [label(words) for words in KINDS.values()]
        assert kind, reason("which-kind", line=row.line, seen=seen, kinds=offered)
        found[row.line] = kind
    return found


def steps_of(plan: Form, kind: str, kinds: Mapping[int, str]) -> list[Row]:
    """Give the steps of one kind."""
    return [row for row in plan.tables["steps"] if kinds[row.line] == kind]


def test_steps(plan: Form, facts: Facts) -> None:
    """Each step has a day in the quarter, its hours, and something to look at.

    ja: どの手順にも、四半期の中の日付と、時間と、見れば分かることがある。
    """
    for row in plan.tables["steps"]:
        says(row.cell("what"), label(STEPS["what"]), SAYS)
        says(row.cell("seen"), label(STEPS["seen"]), SEEN)
        assert not is_said_in(row.cells["seen"], [row.cells["what"]]), reason("seen-is-step", line=row.line)
        day_of(row.cell("day"), STEPS["day"], facts)
        assert the_number(plan, row.cell("hours"), STEPS["hours"]) > 0, reason("no-hours", line=row.line)
    for column in ("what", "seen"):
        same = same_as_before([row.cells[column] for row in plan.tables["steps"]])
        assert same is None, reason("same", line=plan.tables["steps"][same or 0].line)
    kept = [*facts.people.keys() - facts.persons, *facts.parts, *facts.problems]
    seen = [without_names(row.cells["seen"], facts.persons, kept) for row in plan.tables["steps"]]
    same = same_as_before(seen)
    assert same is None, reason("same-but-names", line=plan.tables["steps"][same or 0].line)


@pytest.mark.needs("test_steps")
def test_kinds(plan: Form, facts: Facts) -> None:
    """There is a step of each kind, and each is about what such a step is for.

    ja: どの種類の手順もあり、それぞれの対象が種類に合っている。
    """
    kinds, field = kinds_of(plan), field_of(plan, facts)
    missing = [label(words) for name, words in KINDS.items() if name not in kinds.values()]
    assert not missing, reason("kind-missing", kinds=missing)
    for row in steps_of(plan, "deep", kinds):
        about = part_of(row.cell("about"), STEPS["about"], facts)
        assert about == field, reason("another-depth", line=row.line, which=field)
    lowest = min(one.knows for one in facts.parts.values())
    for row in steps_of(plan, "wide", kinds):
        about = part_of(row.cell("about"), STEPS["about"], facts)
        assert facts.parts[about].knows == lowest, reason("not-blank", line=row.line, which=about)
    own = {} if facts.next else {"next": (name_of(plan, facts),)}
    for row in steps_of(plan, "write", kinds):
        about = one_of(row.cells["about"], {**facts.part_names, **facts.problem_names, **facts.next_names, **own})
        assert about, reason("writes-of-nothing", line=row.line, seen=quoted(row.cells["about"]))
    _problem_hours(plan, facts, steps_of(plan, "problem", kinds))


def _problem_hours(plan: Form, facts: Facts, rows: list[Row]) -> None:
    """Fail where the steps of the next problem are about another one, or have other hours than it takes."""
    name = name_of(plan, facts)
    for row in rows:
        is_next = one_of(row.cells["about"], {name: (name,)}) == name
        assert is_next, reason("another-problem", line=row.line, which=name, seen=quoted(row.cells["about"]))
    planned = sum(the_number(plan, row.cell("hours"), STEPS["hours"]) for row in rows)
    weeks, hours = (the_number(plan, plan.lists["next"][name], NEXT[name]) for name in ("weeks", "hours"))
    takes = weeks * hours
    seen = f"{planned:g}"
    assert abs(planned - takes) <= TENTH, reason("problem-hours", line=rows[0].line, seen=seen, takes=f"{takes:g}")
    last = max(rows, key=lambda row: day_of(row.cell("day"), STEPS["day"], facts))
    day = day_of(last.cell("day"), STEPS["day"], facts)
    monday = facts.begins - timedelta(days=facts.begins.weekday())
    soonest = monday + timedelta(days=round(7 * weeks) - WEEKEND)
    assert day >= soonest, reason("too-soon", line=last.line, seen=str(day), weeks=f"{weeks:g}", soonest=str(soonest))


@pytest.mark.needs("test_kinds")
def test_give(plan: Form, facts: Facts) -> None:
    """What is given away came again, is not what the plan itself is to end, and was asked for in time.

    ja: 人に渡すものは、また起きた問題で、次の問題そのものではなく、前もって相手に頼んである。
    """
    one, rows = next_of(plan, facts), steps_of(plan, "give", kinds_of(plan))
    ends = one.ends if one else one_of(name_of(plan, facts), facts.problem_names)
    for row in rows:
        about = row.cells["about"]
        name = one_of(about, facts.problem_names)
        assert name, reason("gives-what", line=row.line, seen=quoted(about))
        assert facts.times[name] > 1, reason("gives-what-is-over", line=row.line, which=name)
        assert not facts.problems[name].handed_on, reason("gives-again", line=row.line, which=name)
        assert name != ends, reason("gives-and-keeps", line=row.line, which=name)
    _asked(plan, facts, rows)


def _asked(plan: Form, facts: Facts, rows: list[Row]) -> None:
    """Fail where whoever gets a problem is not asked for it before the day on which they get it, or long before."""
    line, first = plan.lists["others"]["asked"], facts.asked_from
    last = min(day_of(row.cell("day"), STEPS["day"], facts) for row in rows)
    seen = the_day(line, OTHERS["asked"], first)
    in_time = first <= seen < last
    assert in_time, reason("asked-when", line=line.number, seen=str(seen), first=str(first), last=str(last))
