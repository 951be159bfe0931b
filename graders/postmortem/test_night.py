"""Does the post-mortem say what the recording says?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import cells
import filler
import form
import logged
import pytest
import recorded
from night import clock
from words import EFFECTS, EMPTY, IMPACT, SOURCES

from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from form import Form, Row
    from night import Change, Night

T = TypeVar("T")
reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
NEAR = {"began": 120, "detected": 60, "mitigated": 120, "resolved": 60}
"""How many seconds a time may be from what was so."""
LONG = 180
"""How many seconds a duration may be from what was so."""
OWN = 60
"""How many seconds a duration may be from the difference of the times beside it."""
COUNTS = 0.02
"""How far a count, and the share of the budget that follows from one, may be from what was so, as a share of it."""
ROWS, AT_CHANGE = 8, 120
SAME = 45
"""How many seconds a row without a number may be from the change that it is about."""
SHOWN_BY = {"detected": {"pager", "chat"}, "resolved": {"changes", "chat"}}
"""The only sources in which one can see a moment."""
FELT = {"worse", "mitigated", "resolved"}


def value(postmortem: Form, name: str, read: Callable[[str], T | None], wanted: str) -> T:
    """The one value of a row of the impact; fails where anything else stands in its cell."""
    said, line = postmortem.cell(name), postmortem.impact[name].line
    found = read(said)
    assert found is not None, reason(
        "only-value", line=line, row=form.label(IMPACT[name]), wanted=wanted, seen=quoted(said)
    )
    return found


def the_time(postmortem: Form, name: str, night: Night) -> int:
    """A time of the impact, in seconds of the day in UTC."""
    line, row = postmortem.impact[name].line, form.label(IMPACT[name])
    said = form.plain(postmortem.cell(name))
    assert not any(mark in said for mark in recorded.LOCAL), reason("local", line=line, row=row)
    found = value(postmortem, name, lambda text: cells.moment(text, night.day), reason("may-time"))
    assert found.day in (None, night.day), reason("another-day", line=line)
    return found.seconds


def the_duration(postmortem: Form, name: str) -> float:
    """A duration of the impact, in seconds."""
    return value(postmortem, name, cells.duration, reason("may-duration"))


def test_times(postmortem: Form, night: Night) -> None:
    """Beginning, detection, mitigation and resolution are when the recording has them.

    ja: 始まり、検知、緩和、解決の時刻が、記録のとおりである。
    """
    for name, near in NEAR.items():
        seen, wanted = the_time(postmortem, name, night), clock(getattr(night, name))
        line, row = postmortem.impact[name].line, form.label(IMPACT[name])
        hint = {
            "began": reason("time-began"),
            "detected": reason("time-detected"),
            "mitigated": reason("time-mitigated"),
            "resolved": reason("time-resolved"),
        }[name]
        assert abs(seen - wanted) <= near, reason("time", line=line, row=row, said=told(seen), hint=hint)


def _has_time(postmortem: Form, name: str, night: Night) -> bool:
    """Whether a row of the impact has a time of the night's clock, right or not, to which a duration can be held."""
    said = postmortem.cell(name)
    found = cells.moment(said, night.day)
    is_local = any(mark in form.plain(said) for mark in recorded.LOCAL)
    return found is not None and not is_local and found.day in (None, night.day)


def told(moment: float) -> str:
    """A time of day as people write it."""
    return f"{int(moment) // 3600:02}:{int(moment) // 60 % 60:02}"


def test_durations(postmortem: Form, night: Night) -> None:
    """The durations are those of the recording, and fit the times beside them.

    ja: 所要時間が記録のとおりであり、並べて書いた時刻とも合っている。
    """
    unread = [form.label(IMPACT[name]) for name in NEAR if not _has_time(postmortem, name, night)]
    assert not unread, reason("duration-unread", rows=unread)
    for name, end in (("to-detect", "detected"), ("to-mitigate", "mitigated"), ("to-resolve", "resolved")):
        seen = the_duration(postmortem, name)
        line, row = postmortem.impact[name].line, form.label(IMPACT[name])
        own = the_time(postmortem, end, night) - the_time(postmortem, "began", night)
        assert abs(seen - own) <= OWN, reason("duration-own", line=line, row=row)
        wanted = getattr(night, end) - night.began
        assert abs(seen - wanted) <= LONG, reason("duration", line=line, row=row)


def test_counts(postmortem: Form, night: Night) -> None:
    """Customers and orders are counted as the customers' book has them.

    ja: 客と注文の数が、客の台帳のとおりである。
    """
    for name, read, may, wanted in (
        ("customers", cells.people, reason("may-people"), night.affected),
        ("orders", cells.orders, reason("may-orders"), night.lost),
    ):
        seen = value(postmortem, name, read, may)
        line, row = postmortem.impact[name].line, form.label(IMPACT[name])
        way = reason("too-many") if seen > wanted else reason("too-few")
        hint = {"customers": reason("count-customers"), "orders": reason("count-orders")}[name]
        near = max(2, COUNTS * wanted)
        assert abs(seen - wanted) <= near, reason("count", line=line, row=row, seen=round(seen), way=way, hint=hint)


def test_budget(postmortem: Form, night: Night) -> None:
    """The share of the month's error budget follows from the lost orders and the objective.

    ja: エラーバジェットの消費が、失われた注文の数と目標から導いたとおりである。
    """
    seen = value(postmortem, "budget", cells.share, reason("may-share"))
    line = postmortem.impact["budget"].line
    assert abs(seen - night.budget) <= COUNTS * night.budget, reason("budget", line=line, seen=f"{seen:g}")


def test_trigger(postmortem: Form, night: Night) -> None:
    """The trigger is the change after which this could happen.

    ja: 引き金が、これを起こしうるようにした変更になっている。
    """
    seen = value(postmortem, "trigger", cells.change, reason("may-change"))
    line = postmortem.impact["trigger"].line
    known = {one.number for one in night.changes}
    assert seen in known, reason("no-such-change", line=line, number=seen)
    assert seen in (night.trigger.number, night.job.number), reason("trigger", line=line, number=seen)


def test_summary(postmortem: Form, night: Night) -> None:
    """Times and counts in the title and the Summary are those of the night.

    ja: 題と要約にある時刻と数が、その夜のものである。
    """
    for text in (postmortem.title, " ".join(line.text for line in postmortem.parts["summary"])):
        other = recorded.other_clock(text, night)
        assert not other, reason("summary-time", time=quoted(other))
        counts = [quoted(one) for one in recorded.other_counts(text, night)]
        assert not counts, reason("summary-count", seen=counts)


def test_timeline(postmortem: Form, night: Night) -> None:
    """The timeline has what counts, each row with its time in UTC and its source.

    ja: タイムラインに大事なできごとがあり、どの行にも UTC の時刻と出典がある。
    """
    rows = postmortem.tables["timeline"]
    assert len(rows) >= ROWS, reason("few-rows", seen=len(rows), least=ROWS)
    moments = [_moments(row, night) for row in rows]
    told_of = {filler.key(row.cells["what"]) for row in rows}
    assert len(told_of) >= ROWS, reason("same-rows", seen=len(told_of), least=ROWS)
    for row, both in zip(rows, moments, strict=True):
        _is_recorded(row, both, night)
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
        files = [_sources(row) for row, both in zip(rows, moments, strict=True) if _is_near(both, wanted, near)]
        assert files, reason("row-lacks", row=row_name)
        assert any(one & SHOWN_BY.get(name, set(SOURCES)) for one in files), reason("row-shown", row=row_name)
    for number, effects in night.measures.items():
        is_told = any(_is_near(both, clock(night.at(number)), AT_CHANGE) for both in moments)
        assert is_told or not effects <= FELT, reason("row-measure", number=number)


def _is_near(moments: Sequence[int], wanted: int, near: int) -> bool:
    """Whether a row is of some time."""
    return any(abs(one - wanted) <= near for one in moments)


def _sources(row: Row) -> set[str]:
    """The files of the recording that a row names, and nothing else."""
    found = cells.sources(row.cells["source"])
    assert found, reason("row-source", line=row.line, seen=quoted(row.cells["source"]))
    return found


def _moments(row: Row, night: Night) -> list[int]:
    """The time of a row, or both ends of it, once its other cells are known to be right."""
    both = cells.span(row.cells["time"], night.day)
    assert both, reason("row-time", line=row.line, seen=quoted(row.cells["time"]))
    assert all(one.day in (None, night.day) for one in both), reason("another-day", line=row.line)
    found = [one.seconds for one in both]
    begin, end = (clock(one) for one in night.span)
    began = min([begin, *(clock(one.at) for one in night.changes)])
    for one in found:
        assert began - 60 <= one <= end + 60, reason("row-outside", line=row.line, seen=told(one))
    assert not filler.is_copied(row.cells["what"]), reason("row-copied", line=row.line)
    assert not filler.is_babble(row.cells["what"]), reason("babble-line", line=row.line)
    spans = [
        (clock(first) - AT_CHANGE, clock(last) + AT_CHANGE)
        for one in _sources(row)
        for first, last in night.sources[one]
    ]
    is_there = any(first <= one <= last for one in found for first, last in spans)
    seen = quoted(row.cells["source"])
    assert is_there, reason("row-not-there", line=row.line, seen=seen, time=told(found[0]))
    return found


def _is_recorded(row: Row, moments: Sequence[int], night: Night) -> None:
    """Fail where a row names an alert, a change or somebody that the recording does not have at its time."""
    what, sources, time = row.cells["what"], _sources(row), told(moments[0])
    alert = recorded.unheard(what, sources, moments, night)
    assert not alert, reason("row-alert", line=row.line, seen=quoted(alert), time=time)
    error = logged.unlogged_number(what, sources, moments, night)
    assert not error, reason("row-error", line=row.line, number=error, time=time)
    words = logged.unlogged_words(what, sources, moments, night)
    assert not words, reason("row-quote", line=row.line, seen=quoted(words), time=time)
    unknown = recorded.unknown_change(what, night)
    assert not unknown, reason("no-such-change", line=row.line, number=unknown)
    later = recorded.only_later(what, moments, night)
    assert not later, reason("row-early", line=row.line, number=later, time=time)
    who = recorded.absent(what, sources, moments, night)
    assert not who, reason("row-person", line=row.line, who=who, time=time)


def test_effects(postmortem: Form, night: Night) -> None:
    """Each measure of the night has the effect that customers met.

    ja: その夜に行った対応のそれぞれに、客から見た効果が正しく書かれている。
    """
    said: dict[int, tuple[str, int]] = {}
    done: dict[str, int] = {}
    for row in postmortem.tables["measures"]:
        change = _change(row, night)
        _is_told(row, change, done)
        if not change:  # such as that somebody took the lead
            assert form.plain(row.cells["effect"]) in EMPTY, reason("effect-of-none", line=row.line)
            continue
        effect = cells.effect(row.cells["effect"])
        words = [form.label(one) for one in EFFECTS.values()]
        assert effect, reason("effect-word", line=row.line, seen=quoted(row.cells["effect"]), words=words)
        before = said.setdefault(change.number, (effect, row.line))
        assert before[0] == effect, reason("effect-twice", line=row.line, number=change.number)
    missing = [number for number in night.measures if number not in said]
    assert not missing, reason("effect-missing", count=len(missing))
    for number, (effect, line) in said.items():
        fits, name = effect in night.effects[number], form.label(EFFECTS[effect])
        if number in night.measures:
            assert fits, reason("effect", line=line, number=number, effect=name)
        assert fits, reason("effect-outside", line=line, number=number, effect=name)


def _is_told(row: Row, change: Change | None, done: dict[str, int]) -> None:
    """Fail where a row leaves out what was done, or says it of another change; the column itself may be missing."""
    if "what" not in row.cells:
        return
    what, number = row.cells["what"], change.number if change else 0
    is_said = form.plain(what).strip(" .。") not in EMPTY and not filler.is_babble(what)
    assert is_said, reason("measure-what", line=row.line)
    assert done.setdefault(filler.key(what), number) == number, reason("measure-same", line=row.line)
    other = recorded.of_another_change(what, change) if change else ""
    assert not other, reason("measure-other", line=row.line, number=number, seen=quoted(other))


def _change(row: Row, night: Night) -> Change | None:
    """The change that a row is about: by its number, or else by its time; none where it is about none."""
    known = {one.number: one for one in night.changes}
    said, at = row.cells.get("change", ""), row.cells.get("time", "")
    found = cells.moment(at, night.day)
    when = found if found and found.day in (None, night.day) else None
    if form.plain(said) not in EMPTY:
        number = cells.change(said)
        assert number, reason("measure-number", line=row.line, seen=quoted(said))
        assert number in known, reason("no-such-change", line=row.line, number=number)
        is_then = when is not None and abs(clock(known[number].at) - when.seconds) <= AT_CHANGE
        assert is_then or form.plain(at) in EMPTY, reason("measure-time", line=row.line, seen=quoted(at))
        return known[number]
    near = [one for one in night.changes if when and abs(clock(one.at) - when.seconds) <= SAME]
    assert len(near) < 2, reason("effect-which", line=row.line)
    return near[0] if near else None
