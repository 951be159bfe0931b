"""Is the time there: what is given up for it, by whom it is taken, and who looks at the plan?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from filled_form.alone import alone
from test_one_year import EXACT, TENTH
from test_problem import others_of
from values import one_of, several
from words import ENDS, GIVEN_UP, OTHERS, STEPS, SUM

from conftest import day_of, the_day, the_number
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from datetime import date

    from drawn_year.draw import Work
    from facts import Facts
    from filled_form.reader import Form, Line, Row

reason = reasons(__file__)
WEEK = timedelta(days=7)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]


def test_given_up(plan: Form, facts: Facts) -> None:
    """Work of the week is given up that may stop, from a day of the quarter on, and somebody else takes it.

    ja: やめてよい週の仕事を、四半期のある日からやめ、ほかの人が引き受けるか、なくすことになっている。
    """
    assert plan.tables["given-up"], reason("gives-nothing-up")
    seen: set[str] = set()
    for row in plan.tables["given-up"]:
        work = work_of(row, facts)
        assert work.name not in seen, reason("work-twice", line=row.line, which=work.name)
        seen.add(work.name)
        assert work.may_stop, reason("may-not-stop", line=row.line, which=work.name)
        hours = the_number(plan, row.cell("hours"), GIVEN_UP["hours"])
        assert abs(hours - work.hours) <= TENTH, reason("work-hours", line=row.line, which=work.name)
        day_of(row.cell("from"), GIVEN_UP["from"], facts)
        _is_taken(row.cell("takes"), work, facts)


def work_of(row: Row, facts: Facts) -> Work:
    """Give the work of the week that a row gives up."""
    name = one_of(row.cells["work"], facts.work_names)
    assert name, reason("which-work", line=row.line, seen=quoted(row.cells["work"]))
    return facts.week[name]


def _is_taken(line: Line, work: Work, facts: Facts) -> None:
    """Fail where a work neither ends nor goes to whom the week names for it, or in a year of one's own to others."""
    if alone(line.text) in ENDS:
        return
    if facts.next:
        is_theirs = bool(work.takers) and bool(one_of(line.text, {work.name: work.takers}))
        assert is_theirs, reason("taken-by", line=line.number, which=work.name, seen=quoted(line.text))
        return
    named = several(line.text, facts.people)
    assert named, reason("taken-by-others", line=line.number, seen=quoted(line.text))
    assert facts.planner not in named, reason("taken-by-yourself", line=line.number, seen=quoted(facts.planner))


@pytest.mark.needs("test_given_up", "test_steps")
def test_sum(plan: Form, facts: Facts) -> None:
    """The hours of the steps are there by the day on which each is due, once what is given up has stopped.

    ja: 手順の時間が、それぞれの期限までに、やめることで空く時間に収まっている。
    """
    planned, freed = _planned(plan, facts, facts.ends), _freed(plan, facts, facts.ends)
    said = {name: the_number(plan, plan.lists["sum"][name], SUM[name]) for name in SUM}
    line = plan.lists["sum"]["planned"].number
    assert abs(said["planned"] - planned) <= TENTH, reason("planned", line=line, seen=f"{said['planned']:g}")
    line = plan.lists["sum"]["freed"].number
    assert abs(said["freed"] - freed) <= TENTH, reason("freed", line=line, seen=f"{said['freed']:g}")
    line, over = plan.lists["sum"]["left"].number, said["planned"] - said["freed"]
    assert over <= 0, reason("too-much", line=line, over=f"{over:g}")
    assert abs(said["left"] + over) <= TENTH, reason("left", line=line)
    _are_there_in_time(plan, facts)


def _planned(plan: Form, facts: Facts, until: date) -> float:
    """Add up the hours of the steps that are due until a day."""
    rows = [row for row in plan.tables["steps"] if day_of(row.cell("day"), STEPS["day"], facts) <= until]
    return sum(the_number(plan, row.cell("hours"), STEPS["hours"]) for row in rows)


def _freed(plan: Form, facts: Facts, until: date) -> float:
    """Add up the hours that are freed until a day, its week included."""
    begins = [
        (work_of(row, facts), day_of(row.cell("from"), GIVEN_UP["from"], facts)) for row in plan.tables["given-up"]
    ]
    return sum(work.hours * facts.weeks_from(day, until) for work, day in begins)


def _are_there_in_time(plan: Form, facts: Facts) -> None:
    """Fail where more hours are due by the day of a step than are freed until the end of the week after it."""
    due = [(day_of(row.cell("day"), STEPS["day"], facts), row.line) for row in plan.tables["steps"]]
    for day, line in sorted(due):
        over = _planned(plan, facts, day) - _freed(plan, facts, min(day + WEEK, facts.ends))
        assert over <= EXACT, reason("too-early", line=line, day=str(day), over=f"{over:g}")


@pytest.mark.needs("test_steps")
def test_others(plan: Form, facts: Facts) -> None:
    """Somebody else gets the problem that is given away, and somebody looks at the plan once all is due.

    ja: 渡す相手と計画を見る人がほかにいて、すべての期限の日かその後に見ることになっている。
    """
    which = reason("names-own-people") if facts.planner else reason("names-people")
    for name in ("given", "reviewer"):
        others_of(plan, "others", name, facts.people, which, facts.planner)
    line = plan.lists["others"]["review"]
    seen = the_day(line, OTHERS["review"], facts.begins)
    last = max(day_of(row.cell("day"), STEPS["day"], facts) for row in plan.tables["steps"])
    assert seen >= last, reason("review-before", line=line.number, seen=str(seen), last=str(last))
    until, ends = str(facts.reviewed_until), str(facts.ends)
    assert seen <= facts.reviewed_until, reason("review-late", line=line.number, seen=str(seen), until=until, ends=ends)
