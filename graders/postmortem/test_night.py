"""Does the post-mortem say what the recording says?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import cells
import filler
import form
import pytest
from night import clock
from words import EFFECTS, EMPTY, FILES, IMPACT, SOURCES

from conftest import readable
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from form import Form, Row
    from night import Night

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
NEAR = {"began": 120, "detected": 60, "mitigated": 120, "resolved": 60}
"""How many seconds a time may be from what was so."""
LONG = 180
"""How many seconds a duration may be from what was so."""
OWN = 60
"""How many seconds a duration may be from the difference of the times beside it."""
COUNTS = 0.02
"""How far a count may be from what was so, as a share of it."""
POINTS = 2.0
"""How far the share of the budget may be from what was so, in percentage points."""
ROWS, AT_CHANGE = 8, 120
SAME = 45
"""How many seconds a row without a number may be from the change that it is about."""
RANGE = re.compile(r"\d(?: utc|z|分|秒)? ?(?:-|–|—|~|〜|to|until|から) ?(?:\d)")
"""Between the two ends of a row that lasted."""
LOCAL = ("jst", "+09", "+9", "日本時間")
SHOWN_BY = {"detected": {"pager", "chat"}, "resolved": {"changes", "chat"}}
"""The only sources in which one can see a moment."""
FELT = {"worse", "mitigated", "resolved"}


def value(postmortem: Form, name: str, seen: Callable[..., list[float]] | Callable[..., list[int]]) -> float:
    """The one value of a row of the impact."""
    return readable(lambda: form.only(postmortem, name, seen))


def the_time(postmortem: Form, name: str) -> float:
    """A time of the impact, in seconds of the day in UTC."""
    said = postmortem.cell(name)
    line, row = postmortem.impact[name].line, form.label(IMPACT[name])
    assert not any(mark in said for mark in LOCAL), reason("local", line=line, row=row)
    return value(postmortem, name, form.times)


def another_day(text: str, night: Night) -> bool:
    """Whether a text has a day that is not the night's."""
    year, month, day = night.date
    return any(one[0] not in (0, year) or one[1:] != (month, day) for one in form.days(text))


def test_times(postmortem: Form, night: Night) -> None:
    """Beginning, detection, mitigation and resolution are when the recording has them.

    ja: 始まり、検知、緩和、解決の時刻が、記録のとおりである。
    """
    for name, near in NEAR.items():
        seen, wanted = the_time(postmortem, name), clock(getattr(night, name))
        line, row = postmortem.impact[name].line, form.label(IMPACT[name])
        assert not another_day(postmortem.cell(name), night), reason("another-day", line=line)
        hint = {
            "began": reason("time-began"),
            "detected": reason("time-detected"),
            "mitigated": reason("time-mitigated"),
            "resolved": reason("time-resolved"),
        }[name]
        assert abs(seen - wanted) <= near, reason("time", line=line, row=row, said=told(seen), hint=hint)


def told(moment: float) -> str:
    """A time of day as people write it."""
    return f"{int(moment) // 3600:02}:{int(moment) // 60 % 60:02}"


def test_durations(postmortem: Form, night: Night) -> None:
    """The durations are those of the recording, and fit the times beside them.

    ja: 所要時間が記録のとおりであり、並べて書いた時刻とも合っている。
    """
    for name, end in (("to-detect", "detected"), ("to-mitigate", "mitigated"), ("to-resolve", "resolved")):
        seen = value(postmortem, name, form.durations)
        line, row = postmortem.impact[name].line, form.label(IMPACT[name])
        own = value(postmortem, end, form.times) - value(postmortem, "began", form.times)
        assert abs(seen - own) <= OWN, reason("duration-own", line=line, row=row)
        wanted = getattr(night, end) - night.began
        assert abs(seen - wanted) <= LONG, reason("duration", line=line, row=row)


def test_counts(postmortem: Form, night: Night) -> None:
    """Customers and orders are counted as the customers' book has them.

    ja: 客と注文の数が、客の台帳のとおりである。
    """
    for name, wanted in (("customers", night.affected), ("orders", night.lost)):
        seen = value(postmortem, name, form.numbers)
        line, row = postmortem.impact[name].line, form.label(IMPACT[name])
        way = reason("too-many") if seen > wanted else reason("too-few")
        hint = {"customers": reason("count-customers"), "orders": reason("count-orders")}[name]
        near = max(2, COUNTS * wanted)
        assert abs(seen - wanted) <= near, reason("count", line=line, row=row, seen=round(seen), way=way, hint=hint)


def test_budget(postmortem: Form, night: Night) -> None:
    """The share of the month's error budget follows from the lost orders and the objective.

    ja: エラーバジェットの消費が、失われた注文の数と目標から導いたとおりである。
    """
    seen = value(postmortem, "budget", form.percents)
    line = postmortem.impact["budget"].line
    assert abs(seen - night.budget) <= POINTS, reason("budget", line=line, seen=f"{seen:g}")


def test_trigger(postmortem: Form, night: Night) -> None:
    """The trigger is the change after which this could happen.

    ja: 引き金が、これを起こしうるようにした変更になっている。
    """
    seen = int(value(postmortem, "trigger", form.changes))
    line = postmortem.impact["trigger"].line
    known = {one.number for one in night.changes}
    assert seen in known, reason("no-such-change", line=line, number=seen)
    assert seen in (night.trigger.number, night.job.number), reason("trigger", line=line, number=seen)


def test_timeline(postmortem: Form, night: Night) -> None:
    """The timeline has what counts, each row with its time in UTC and its source.

    ja: タイムラインに大事なできごとがあり、どの行にも UTC の時刻と出典がある。
    """
    rows = postmortem.tables["timeline"]
    assert len(rows) >= ROWS, reason("few-rows", seen=len(rows), least=ROWS)
    moments = [_moments(row, night) for row in rows]
    told_of = {filler.key(row.cells["what"]) for row in rows}
    assert len(told_of) >= ROWS, reason("same-rows", seen=len(told_of), least=ROWS)
    for number in night.measures:
        named = [
            abs(moment - clock(night.at(number)))
            for row, both in zip(rows, moments, strict=True)
            for moment in both
            if number in form.changes(row.cells["what"])
        ]
        assert not named or min(named) <= AT_CHANGE, reason("row-change", number=number)
    for name, near in NEAR.items():
        wanted, row_name = clock(getattr(night, name)), form.label(IMPACT[name])
        sources = [_sources(row) for row, both in zip(rows, moments, strict=True) if _is_near(both, wanted, near)]
        assert sources, reason("row-lacks", row=row_name)
        shown = SHOWN_BY.get(name, set(SOURCES))
        files = [FILES[one] for one in SOURCES if one in shown]
        assert any(one & shown for one in sources), reason("row-shown", row=row_name, files=files)
    for number, effects in night.measures.items():
        is_told = any(_is_near(both, clock(night.at(number)), AT_CHANGE) for both in moments)
        assert is_told or not effects <= FELT, reason("row-measure", number=number)


def _is_near(moments: list[int], wanted: int, near: int) -> bool:
    """Whether a row is of some time."""
    return any(abs(one - wanted) <= near for one in moments)


def _sources(row: Row) -> set[str]:
    """The files of the recording that a row names."""
    said = form.plain(row.cells["source"]).replace("catalog", "").replace("カタログ", "")
    return {name for name, words in SOURCES.items() if any(word in said for word in words)}


def _moments(row: Row, night: Night) -> list[int]:
    """The time of a row, or both ends of it, once all of the row is known to be right."""
    said = row.cells["time"]
    found = form.times(said)
    is_one = len(found) == 1 or (len(found) == 2 and found[0] <= found[1] and RANGE.search(form.plain(said)))
    assert is_one, reason("row-time", line=row.line, seen=quoted(said))
    assert not another_day(said, night), reason("another-day", line=row.line)
    begin, end = (clock(one) for one in night.span)
    began = min([begin, *(clock(one.at) for one in night.changes)])
    for one in found:
        assert began - 60 <= one <= end + 60, reason("row-outside", line=row.line, seen=told(one))
    assert not filler.is_copied(row.cells["what"]), reason("row-copied", line=row.line)
    assert not filler.is_babble(row.cells["what"]), reason("babble-line", line=row.line)
    sources, seen = _sources(row), quoted(form.plain(row.cells["source"]))
    assert sources, reason("row-source", line=row.line, seen=seen)
    spans = [
        (clock(first) - AT_CHANGE, clock(last) + AT_CHANGE) for one in sources for first, last in night.sources[one]
    ]
    is_there = any(first <= one <= last for one in found for first, last in spans)
    assert is_there, reason("row-not-there", line=row.line, seen=seen, time=told(found[0]))
    return found


def test_effects(postmortem: Form, night: Night) -> None:
    """Each measure of the night has the effect that customers met.

    ja: その夜に行った対応のそれぞれに、客から見た効果が正しく書かれている。
    """
    said: dict[int, tuple[str, int]] = {}
    done: dict[str, int] = {}
    for row in postmortem.tables["measures"]:
        number = _number(row, night)
        _is_told(row, number, done)
        if not number:
            continue  # what was no change, such as that somebody took the lead
        _made_then(row, clock(night.at(number)))
        effect = _effect(row)
        before = said.setdefault(number, (effect, row.line))
        assert before[0] == effect, reason("effect-twice", line=row.line, number=number)
    missing = [number for number in night.measures if number not in said]
    assert not missing, reason("effect-missing", count=len(missing))
    for number, (effect, line) in said.items():
        fits, name = effect in night.effects[number], form.label(EFFECTS[effect])
        if number in night.measures:
            assert fits, reason("effect", line=line, number=number, effect=name)
        assert fits, reason("effect-outside", line=line, number=number, effect=name)


def _is_told(row: Row, number: int, done: dict[str, int]) -> None:
    """Fail where a row leaves out what was done, or says it of another change; the column itself may be missing."""
    if "what" in row.cells:
        what = row.cells["what"]
        is_said = form.plain(what).strip(" .。") not in EMPTY and not filler.is_babble(what)
        assert is_said, reason("measure-what", line=row.line)
        assert done.setdefault(filler.key(what), number) == number, reason("measure-same", line=row.line)


def _number(row: Row, night: Night) -> int:
    """The change that a row is about: by its number, or else by its time; 0 where it is about none."""
    known = {one.number for one in night.changes}
    cells_of = [form.changes(row.cells.get(name, "")) for name in ("change", "what")]
    unknown = next((one for one in cells_of[0] if one not in known), 0)
    assert not unknown, reason("no-such-change", line=row.line, number=unknown)
    named = next((found for cell in cells_of if (found := [one for one in cell if one in known])), [])
    if named:
        assert len(set(named[:1])) == len(set(named)), reason("effect-several", line=row.line)
        return named[0]
    moments = form.times(row.cells.get("time", ""))
    near = [one.number for one in night.changes for at in moments if abs(clock(one.at) - at) <= SAME]
    assert len(near) < 2, reason("effect-which", line=row.line)
    return near[0] if near else 0


def _made_then(row: Row, moment: int) -> None:
    """Fail where a row has another time than its change."""
    said = row.cells.get("time", "")
    if form.plain(said) not in EMPTY:
        near = [one for one in form.times(said) if abs(one - moment) <= AT_CHANGE]
        assert near, reason("measure-time", line=row.line, seen=quoted(said))


def _effect(row: Row) -> str:
    """The one effect that a cell begins with; what follows a comma or a stop is prose, and no other effect."""
    said = form.plain(row.cells["effect"])
    first, *more = re.split(r"[.,;:()、。–—]| - ", said)
    found = cells.effects(first)
    words = [form.label(one) for one in EFFECTS.values()]
    assert len(found) == 1, reason("effect-word", line=row.line, seen=quoted(row.cells["effect"]), words=words)
    others = {one for piece in more for one in cells.effects(piece)} - set(found)
    assert not others, reason("effect-word", line=row.line, seen=quoted(row.cells["effect"]), words=words)
    return found[0]
