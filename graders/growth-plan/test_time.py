"""Is the time there: what is given up for it, by whom it is taken, and who looks at the plan?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from filled_form.left_open import is_left_open, is_named_later
from filled_form.reader import plain
from filled_form.values import NOBODY, any_word, names_in
from people import is_kept, is_nobody, is_refused
from test_problem import another, fits_its_record
from test_steps import day_of, settled_day
from words import ENDS, GIVEN_UP, OTHERS, STEPS, SUM, label

from conftest import the_number
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from facts import Facts
    from filled_form.reader import Form

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
QUARTER, HALF, LATER = 0.26, 0.5, 31
"""How far hours of a week, and sums of them, may be from what follows; and the days after the end for a review."""


def test_given_up(plan: Form, facts: Facts) -> None:
    """Work of the week is given up that may stop, from a day of the quarter on, and somebody else takes it.

    ja: やめてよい週の仕事を、四半期のある日からやめ、ほかの人が引き受けるか、なくすことになっている。
    """
    assert plan.tables["given-up"], reason("gives-nothing-up")
    seen: set[str] = set()
    for row in plan.tables["given-up"]:
        named = names_in(row.cells["work"], {name: (name,) for name in facts.week})
        assert len(named) == 1, reason("which-work", line=row.line, seen=quoted(row.cells["work"]))
        name = named.pop()
        fits_its_record(row.cell("work"), name, facts)
        assert name not in seen, reason("work-twice", line=row.line, which=name)
        seen.add(name)
        assert facts.week[name].may_stop, reason("may-not-stop", line=row.line, which=name)
        hours = the_number(row.cell("hours"), GIVEN_UP["hours"])
        assert abs(hours - facts.week[name].hours) <= QUARTER, reason("work-hours", line=row.line, which=name)
        day_of(row.cell("from"), facts)
        takes = plain(row.cells["takes"]).strip(" .。")
        if is_left_open(takes) or is_named_later(takes):
            continue
        ends = takes in ("なし", "無し") or any_word(takes, ENDS)
        assert ends or takes not in NOBODY, reason("taken-by-nobody", line=row.line)
        assert not is_kept(takes), reason("taken-by-yourself", line=row.line)
        assert not is_refused(takes), reason("said-no", line=row.line, row=label(GIVEN_UP["takes"]))


@pytest.mark.needs("test_given_up", "test_steps")
def test_sum(plan: Form, facts: Facts) -> None:
    """The hours of the steps are there, once what is given up has stopped.

    ja: 手順の時間が、やめることで空く時間に収まっている。
    """
    planned = sum(the_number(row.cell("hours"), STEPS["hours"]) for row in plan.tables["steps"])
    freed = 0.0
    for row in plan.tables["given-up"]:
        hours = the_number(row.cell("hours"), GIVEN_UP["hours"])
        freed += hours * facts.weeks_from(day_of(row.cell("from"), facts))
    said = {name: the_number(plan.lists["sum"][name], SUM[name]) for name in ("planned", "freed")}
    line = plan.lists["sum"]["planned"].number
    assert abs(said["planned"] - planned) <= HALF, reason("planned", line=line, seen=f"{said['planned']:g}")
    line = plan.lists["sum"]["freed"].number
    assert abs(said["freed"] - freed) <= HALF, reason("freed", line=line, seen=f"{said['freed']:g}")
    line, over = plan.lists["sum"]["left"].number, said["planned"] - said["freed"]
    assert over <= 0, reason("too-much", line=line, over=f"{over:g}")
    left = the_number(plan.lists["sum"]["left"], SUM["left"])
    assert abs(left + over) <= HALF, reason("left", line=line)


def test_others(plan: Form, facts: Facts) -> None:
    """Somebody else gets the problem that is given away, and somebody looks at the plan once all is due.

    ja: 渡す相手と計画を見る人がほかにいて、すべての期限の日かその後に見ることになっている。
    """
    for name in ("given", "reviewer"):
        another(plan.lists["others"][name], label(OTHERS[name]))
    for name in ("readers", "given"):
        line, row = plan.lists["others"][name], label(OTHERS[name])
        assert not is_nobody(line.text), reason("nobody", line=line.number, row=row)
        assert not is_refused(line.text), reason("said-no", line=line.number, row=row)
    line = plan.lists["others"]["review"]
    day = settled_day(line, facts)
    last = max(day_of(row.cell("day"), facts) for row in plan.tables["steps"])
    seen = str(day)
    assert day >= last, reason("review-before", line=line.number, seen=seen, last=str(last))
    is_soon = (day - facts.ends).days <= LATER
    assert is_soon, reason("review-late", line=line.number, seen=seen, ends=str(facts.ends))
