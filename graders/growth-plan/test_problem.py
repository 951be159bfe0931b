"""Is the next problem one that somebody has, that fits, and of which others say that it is solved?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from filled_form.reader import Line
from filled_form.values import any_word
from people import TWO, is_nobody, is_self, judges_oneself, meant
from values import letters, told_of_another
from words import HAVE, NEXT, OTHERS, label

from conftest import the_number
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from drawn_year.draw import Next
    from facts import Facts
    from filled_form.reader import Form

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
HALF = 0.5


def test_problem(plan: Form, facts: Facts) -> None:
    """The next problem is one that somebody has, and fits into the quarter.

    ja: 次の問題には困っている人がいて、四半期に収まる。
    """
    one = next_of(plan, facts)
    if one:
        fits_its_record(plan.lists["next"]["problem"], one.name, facts)
    weeks, hours = (the_number(plan.lists["next"][name], NEXT[name]) for name in ("weeks", "hours"))
    if one:
        assert one.whose != "nobody", reason("nobodys", line=plan.lists["next"]["problem"].number)
        for name, seen, wanted in (("weeks", weeks, one.weeks), ("hours", hours, one.hours)):
            number, row = plan.lists["next"][name].number, label(NEXT[name])
            assert abs(seen - wanted) <= HALF, reason("other-problem", line=number, row=row, seen=f"{seen:g}")
    number = plan.lists["next"]["weeks"].number
    assert weeks <= facts.weeks, reason("too-long-a-problem", line=number, seen=f"{weeks:g}", weeks=facts.weeks)
    assert weeks > 0 < hours, reason("no-hours", line=number)


def next_of(plan: Form, facts: Facts) -> Next | None:
    """Give the problem that was chosen; none where there is no list of them."""
    line = plan.lists["next"]["problem"]
    if not facts.next:
        return None
    named = letters(line.text)
    assert len(named) == 1, reason("which-problem", line=line.number, seen=quoted(line.text))
    return facts.next[named.pop()]


@pytest.mark.needs("test_problem")
def test_says_solved(plan: Form, facts: Facts) -> None:
    """Those who have the problem are named, and one of them says that it is solved.

    ja: 困っている人が挙げられ、その中の誰かが、解決したと言うことになっている。
    """
    one = next_of(plan, facts)
    for name in ("whose", "says"):
        line, row = plan.lists["next"][name], label(NEXT[name])
        another(line, row)
        said = meant(line.text)
        assert name == "whose" or not judges_oneself(said), reason("yourself", line=line.number, row=row)
        if one:
            are_both = " and " in one.whose and TWO.search(said)
            has = [any_word(said, words) for words in HAVE[one.name]]
            is_theirs, seen = are_both or any(has), quoted(line.text)
            assert is_theirs or name == "says", reason("none-of-them", line=line.number, row=row, seen=seen)
            assert is_theirs, reason("not-theirs", line=line.number, row=row, seen=seen)
            assert are_both or all(has) or name == "says", reason("not-all-of-them", line=line.number, row=row)


def another(line: Line, row: str) -> None:
    """Fail where nobody is named, or nobody but the one who plans."""
    said = meant(line.text)
    assert not is_nobody(said), reason("nobody", line=line.number, row=row)
    why = {
        label(OTHERS["given"]): reason("given-to-yourself", line=line.number, row=row),
        label(OTHERS["reviewer"]): reason("reviewed-by-yourself", line=line.number, row=row),
    }
    assert not is_self(said), why.get(row) or reason("yourself", line=line.number, row=row)


def fits_its_record(line: Line, name: str, facts: Facts) -> None:
    """Fail where a record of the desk is named, and told with the words of another one."""
    other = told_of_another(line.text, name) if facts.next else ""
    assert not other, reason("words-of-another", line=line.number, which=name, other=other)
