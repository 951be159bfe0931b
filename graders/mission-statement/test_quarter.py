"""Do answers and price follow from the figures on the desk?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from drawn_letters.draw import EXCLUDES
from filled_form.day_alone import day_alone
from filled_form.doubts import has_condition, has_denial, has_doubt, is_taken_back
from filled_form.reader import Line, labels, plain
from filled_form.values import NIL, days, names_in, stray, without_asides
from promises import begins_later, is_bare_no, names_offer
from values import NAMES, first_number, requests
from words import ANSWERS, BESIDE_DAY, NO, NOTHING, PRICE, TEAMS, WORKS, YES, label

from conftest import the_number
from kikori.grading import quoted, reasons, say

if TYPE_CHECKING:
    from datetime import date

    from drawn_letters.draw import Quarter
    from filled_form.reader import Form, Names, Row

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
NEAR, POINTS = 0.5, 0.501
"""How far days may be from what follows, and a share in percentage points: as far as rounding goes."""
A_YEAR = 366
BOTH = ("and ", "or ", "/", "といいえ", "とはい", "か")
"""Behind an answer: that it is none."""
AFTER_ALL = re.compile(r"\byes\b|(?:^|[、。,.「 ])はい(?:$|[、。,.」 ])", re.ASCII)
"""Behind a no: that it is a yes after all."""

OR = re.compile(r"\b(?:or|rather|else) (?:yes|no)\b|(?:または|あるいは|もしくは)、?(?:はい|いいえ)", re.ASCII)
"""Anywhere in an answer: that it may as well be the other one."""


def is_yes(text: str) -> bool | None:
    """Tell whether an answer is a yes; None where it is neither, or both."""
    said = plain(text)
    words = [(word, answer) for answer, words in ((False, NO), (True, YES)) for word in words]
    for word, answer in sorted(words, key=lambda two: -len(two[0])):
        rest = said[len(word) :]
        if said.startswith(word) and not (word.isascii() and rest[:1].isalnum()):
            is_both = rest.strip().startswith(BOTH) or rest.strip(" ,.、。:") in (NO if answer else YES)
            return None if is_both else answer
    return None


def answer_of(line: Line) -> bool:
    """Give the answer of a cell or a field."""
    found = is_yes(line.text)
    said = without_asides(line.text)
    is_both = not found and said.startswith(NO) and AFTER_ALL.search(said)
    assert not is_both, reason("yes-after-no", line=line.number)
    assert found is not None, reason("yes-or-no", line=line.number, seen=quoted(without_asides(line.text)))
    is_back = found and (has_condition(line.text) or has_denial(line.text))
    is_open = is_back or has_doubt(line.text) or OR.search(plain(line.text))
    assert not is_open, reason("answer-open", line=line.number, seen=quoted(line.text))
    return bool(found)


def is_for_now(line: Line, quarter: Quarter) -> None:
    """Fail where a yes begins after the quarter."""
    is_later = begins_later(line.text, quarter.begins, quarter.ends)
    assert not is_later, reason("yes-later", line=line.number, seen=quoted(without_asides(line.text)))


def settled_day(line: Line, quarter: Quarter) -> date:
    """Give the one day of a cell, which doesn't slip."""
    found = day_alone(line.text, quarter.begins, *BESIDE_DAY)
    is_one = len(days(line.text, quarter.begins)) == 1
    assert is_one, reason("one-day", line=line.number, seen=quoted(plain(line.text)))
    assert found, reason("day-slips", line=line.number, seen=quoted(plain(line.text)))
    return found


def answered(mission: Form) -> dict[int, tuple[bool, Row]]:
    """Give the answers by the numbers of their requests."""
    found: dict[int, tuple[bool, Row]] = {}
    for row in mission.tables["answers"]:
        number = _number_of(row)
        assert number not in found, reason("request-twice", line=row.line, number=number)
        found[number] = (answer_of(row.cell("answer")), row)
    return found


def _number_of(row: Row) -> int:
    """Give the request of a row."""
    cell = row.cells["request"]
    named = requests(cell) or first_number(cell)
    assert len(named) == 1, reason("which-request", line=row.line, seen=quoted(without_asides(cell)))
    return named.pop()


def days_of(row: Row, column: str) -> float:
    """Give the days of a row's column; none where there is but a dash."""
    if plain(row.cells[column]) in NIL | {""}:
        return 0.0
    return the_number(row.cell(column), ANSWERS[column])


def test_answers(mission: Form, quarter: Quarter) -> None:
    """Each request has one answer, and its days are those of the list.

    ja: どの頼みごとにも返事が一つあり、日数が一覧のとおりである。
    """
    found = answered(mission)
    unknown = next((row for number, (_, row) in found.items() if number not in quarter.requests), None)
    assert unknown is None, reason("no-such-request", line=unknown.line if unknown else 0)
    missing = [f"#{number}" for number in sorted(quarter.requests.keys() - found.keys())]
    assert not missing, reason("requests-missing", which=missing)
    for number, (is_done, row) in found.items():
        wanted = quarter.requests[number]
        if is_done:
            is_for_now(row.cell("answer"), quarter)
        now, later = days_of(row, "now"), days_of(row, "later")
        has_offer = is_done or not (now or later) or _offers(mission, number, row)
        assert has_offer, reason("no-offer", line=row.line, number=number)
        for column, seen, right in (("now", now, wanted.now), ("later", later, wanted.later)):
            name = label(ANSWERS[column])
            assert not is_done or abs(seen - right) <= NEAR, reason("days", line=row.line, number=number, column=name)
    yes = {number for number, (is_done, _) in found.items() if is_done}
    for one, other in EXCLUDES:
        line = found[other][1].line
        assert not {one, other} <= yes, reason("excluded", line=line, one=one, other=other)
    assert yes, reason("all-no")


def _offers(mission: Form, number: int, row: Row) -> bool:
    """Tell whether a no says what is offered in its place: in its row, or as the answer of its decision."""
    own = [one for one in mission.blocks["decisions"] if (requests(one.title) or first_number(one.title)) == {number}]
    return names_offer(row) or any(not is_bare_no(one.fields["answer"].text) for one in own)


def test_agreement(mission: Form, quarter: Quarter) -> None:
    """The agreement rate of the quarter before is counted.

    ja: 前の四半期の一致率が、数えたとおりである。
    """
    line = mission.lists["price"]["agreement"]
    seen = the_number(line, PRICE["agreement"])
    assert seen > 1 or "%" in line.text, reason("in-percent", line=line.number)
    assert abs(seen - quarter.agreement) <= POINTS, reason("agreement", line=line.number, seen=f"{seen:g}")


def test_days(mission: Form, quarter: Quarter) -> None:
    """The days that there are follow from people, leave and what goes on already.

    ja: 使える日数が、人、休暇、進んでいる仕事から導いたとおりである。
    """
    line = mission.lists["price"]["there"]
    seen = the_number(line, PRICE["there"])
    assert abs(seen - quarter.days) <= NEAR, reason("days-there", line=line.number, seen=f"{seen:g}")


@pytest.mark.needs("test_answers", "test_days")
def test_price(mission: Form, quarter: Quarter) -> None:
    """Sums follow from the answers, what is missing is stopped, and somebody pays who hears of it.

    ja: 合計が返事のとおりで、足りない分はやめる仕事でまかなわれ、払う人が挙げられている。
    """
    found = answered(mission)
    for name, column in (("promised", "now"), ("later", "later")):
        own = sum(days_of(row, column) for _, row in found.values())
        seen, line = the_number(mission.lists["price"][name], PRICE[name]), mission.lists["price"][name]
        assert abs(seen - own) <= NEAR, reason("sum", line=line.number, row=label(PRICE[name]))
    missing = the_number(mission.lists["price"]["missing"], PRICE["missing"])
    own = max(0.0, the_number(mission.lists["price"]["promised"], PRICE["promised"]) - quarter.days)
    line = mission.lists["price"]["missing"]
    assert abs(missing - own) <= NEAR, reason("missing", line=line.number)
    stopped = stopped_of(mission, quarter)
    freed = sum(one.days for one in quarter.works if one.name in stopped)
    number = mission.lists["price"]["stopped"].number
    assert freed >= own - NEAR, reason("not-enough", line=number, missing=round(own), freed=freed)
    assert own > 0 or not stopped, reason("stopped-for-nothing", line=number)
    _pays(mission, quarter, stopped)
    _until(mission, quarter)


def stopped_of(mission: Form, quarter: Quarter) -> set[str]:
    """Give the work that is stopped."""
    line = mission.lists["price"]["stopped"]
    said = without_asides(line.text)
    is_nothing = any(said.startswith(word) for word in NOTHING)
    found = names_in(said, WORKS)
    assert found or is_nothing, reason("stopped-what", line=line.number, seen=quoted(plain(line.text)))
    if found:
        names_alone(line, "stopped", WORKS | TEAMS)
    kept = [say(*labels(WORKS[one.name])) for one in quarter.works if one.name in found and not one.may_stop]
    assert not kept, reason("may-not-stop", line=line.number, which=kept)
    return found


def names_alone(line: Line, row: str, names: Names) -> None:
    """Fail where a cell has more than names and what joins them: there a name may be taken back."""
    seen = stray(line.text, [word for words in names.values() for word in words], NAMES)
    assert not seen, reason("only-names", line=line.number, row=label(PRICE[row]), seen=quoted(seen))
    is_open = is_taken_back(line.text)
    assert not is_open, reason("names-open", line=line.number, row=label(PRICE[row]), seen=quoted(line.text))


def _pays(mission: Form, quarter: Quarter, stopped: set[str]) -> None:
    line = mission.lists["price"]["pays"]
    named = names_in(without_asides(line.text), TEAMS)
    assert named, reason("pays-whom", line=line.number, seen=quoted(plain(line.text)))
    names_alone(line, "pays", TEAMS | WORKS)
    refused = {quarter.requests[number].team for number, (is_done, _) in answered(mission).items() if not is_done}
    waiting = {one.waits for one in quarter.works if one.name in stopped}
    free = [say(*labels(TEAMS[one])) for one in sorted(named - refused - waiting)]
    assert not free, reason("pays-not", line=line.number, which=free)


def _until(mission: Form, quarter: Quarter) -> None:
    line = mission.lists["price"]["until"]
    day = settled_day(line, quarter)
    is_soon = quarter.begins < day and (day - quarter.begins).days <= A_YEAR
    assert is_soon, reason("until", line=line.number, begins=quarter.begins.isoformat())
