"""Do answers and price follow from the figures on the desk?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from drawn_letters.draw import EXCLUDES
from filled_form.alone import alone, answer, day, listed
from filled_form.blanks import NIL
from filled_form.placeholders import is_nothing, is_put_off
from filled_form.reader import Line, labels, length
from form import cites, says
from values import request
from words import ANSWERS, NOTHING, PRICE, TEAMS, WORKS, label

from conftest import the_number
from kikori.grading import quoted, reasons, say

if TYPE_CHECKING:
    from datetime import date

    from drawn_letters.draw import Quarter
    from filled_form.reader import Form, Names, Row

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
EXACT, POINTS = 0.01, 0.501
"""How far days may be from what follows, which are whole ones, and a share in percentage points: by its rounding."""
OFFER, SHORT = 2, 12
"""The fewest words of what is offered in the place of a yes, and up to how many it may be told as in the example."""


def answer_of(line: Line) -> bool:
    """Give the answer that a cell or a field is."""
    found = answer(line.text)
    assert found is not None, reason("yes-or-no", line=line.number, seen=quoted(line.text))
    return found


def day_of(line: Line, quarter: Quarter) -> date:
    """Give the day that a cell is."""
    found = day(line.text, quarter.begins)
    assert found, reason("only-day", line=line.number, seen=quoted(line.text))
    return found


def names_of(line: Line, names: Names, row: str) -> set[str]:
    """Give the names that a cell lists."""
    found = listed(line.text, names)
    known = [say(*labels(words)) for words in names.values()]
    assert found, reason("only-names", line=line.number, row=row, known=known, seen=quoted(line.text))
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
    found = request(row.cells["request"])
    assert found is not None, reason("which-request", line=row.line, seen=quoted(row.cells["request"]))
    return found


def days_of(row: Row, column: str) -> float:
    """Give the days of a row's column."""
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
        now, later = days_of(row, "now"), days_of(row, "later")
        _offer(mission, row, number, is_done=is_done, has_days=bool(now or later))
        for column, seen, right in (("now", now, wanted.now), ("later", later, wanted.later)):
            name = label(ANSWERS[column])
            assert not is_done or abs(seen - right) <= EXACT, reason("days", line=row.line, number=number, column=name)
    yes = {number for number, (is_done, _) in found.items() if is_done}
    for one, other in EXCLUDES:
        line = found[other][1].line
        assert not {one, other} <= yes, reason("excluded", line=line, one=one, other=other)
        for refused, done in ((one, other), (other, one)):
            row, wanted = found[refused][1], quarter.requests[refused]
            is_all = days_of(row, "now") >= wanted.now - EXACT and days_of(row, "later") >= wanted.later - EXACT
            assert not (is_all and done in yes), reason("no-takes-all", line=row.line, number=refused, other=done)
    assert yes, reason("all-no")


def _offer(mission: Form, row: Row, number: int, *, is_done: bool, has_days: bool) -> None:
    """Fail where a yes has an offer in its place, or a no takes days for none."""
    cell, name = row.cell("offer"), label(ANSWERS["offer"])
    is_named = alone(cell.text) not in NIL | {""} and not is_nothing(cell.text)
    assert not (is_done and is_named), reason("offer-beside-yes", line=row.line, number=number)
    if not is_done and has_days:
        assert is_named, reason("no-offer", line=row.line, number=number)
        says(mission, cell, name, OFFER, like_example=length(cell.text) <= SHORT)
    assert not is_put_off(cell.text), reason("babble", line=cell.number, row=name)
    cites(mission, cell, name)


def test_agreement(mission: Form, quarter: Quarter) -> None:
    """The agreement rate of the quarter before is counted.

    ja: 前の四半期の一致率が、数えたとおりである。
    """
    line = mission.lists["price"]["agreement"]
    seen = the_number(line, PRICE["agreement"])
    assert abs(seen - quarter.agreement) <= POINTS, reason("agreement", line=line.number, seen=f"{seen:g}")


def test_days(mission: Form, quarter: Quarter) -> None:
    """The days that there are follow from people, leave and what goes on already.

    ja: 使える日数が、人、休暇、進んでいる仕事から導いたとおりである。
    """
    line = mission.lists["price"]["there"]
    seen = the_number(line, PRICE["there"])
    assert abs(seen - quarter.days) <= EXACT, reason("days-there", line=line.number, seen=f"{seen:g}")


@pytest.mark.needs("test_answers", "test_days")
def test_price(mission: Form, quarter: Quarter) -> None:
    """Sums follow from the answers, what is missing is stopped, and somebody pays who hears of it.

    ja: 合計が返事のとおりで、足りない分はやめる仕事でまかなわれ、払う人が挙げられている。
    """
    found = answered(mission)
    for name, column in (("promised", "now"), ("later", "later")):
        own = sum(days_of(row, column) for _, row in found.values())
        seen, line = the_number(mission.lists["price"][name], PRICE[name]), mission.lists["price"][name]
        assert abs(seen - own) <= EXACT, reason("sum", line=line.number, row=label(PRICE[name]))
    missing = the_number(mission.lists["price"]["missing"], PRICE["missing"])
    own = max(0.0, the_number(mission.lists["price"]["promised"], PRICE["promised"]) - quarter.days)
    line = mission.lists["price"]["missing"]
    assert abs(missing - own) <= EXACT, reason("missing", line=line.number)
    stopped = stopped_of(mission, quarter)
    freed = sum(one.days for one in quarter.works if one.name in stopped)
    number = mission.lists["price"]["stopped"].number
    assert freed >= own - EXACT, reason("not-enough", line=number, missing=f"{own:g}", freed=freed)
    spare = [one for one in quarter.works if one.name in stopped and freed - one.days >= own]
    which = [say(*labels(WORKS[one.name])) for one in spare]
    some_stop = not spare or freed - sum(one.days for one in spare) < own
    assert some_stop, reason("stopped-for-nothing", line=number, which=which, missing=f"{own:g}")
    assert not spare, reason("one-is-enough", line=number, which=which, missing=f"{own:g}")
    _pays(mission, quarter, stopped)
    _until(mission, quarter)


def stopped_of(mission: Form, quarter: Quarter) -> set[str]:
    """Give the work that is stopped."""
    line = mission.lists["price"]["stopped"]
    found = names_of(line, WORKS | {"nothing": NOTHING}, label(PRICE["stopped"]))
    assert found == {"nothing"} or "nothing" not in found, reason("nothing-and", line=line.number)
    found -= {"nothing"}
    kept = [say(*labels(WORKS[one.name])) for one in quarter.works if one.name in found and not one.may_stop]
    assert not kept, reason("may-not-stop", line=line.number, which=kept)
    return found


def _pays(mission: Form, quarter: Quarter, stopped: set[str]) -> None:
    line = mission.lists["price"]["pays"]
    named = names_of(line, TEAMS, label(PRICE["pays"]))
    refused = {quarter.requests[number].team for number, (is_done, _) in answered(mission).items() if not is_done}
    waiting = {one.waits for one in quarter.works if one.name in stopped}
    free = [say(*labels(TEAMS[one])) for one in sorted(named - refused - waiting)]
    assert not free, reason("pays-not", line=line.number, which=free)


def _until(mission: Form, quarter: Quarter) -> None:
    line = mission.lists["price"]["until"]
    seen = day_of(line, quarter)
    is_soon = quarter.begins < seen <= quarter.begins.replace(year=quarter.begins.year + 1)
    assert is_soon, reason("until", line=line.number, begins=quarter.begins.isoformat())
