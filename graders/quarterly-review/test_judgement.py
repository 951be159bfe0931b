"""Can each decision be made, by whom it was made, on what is known?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import values
from drawn_quarter.draw import AFTER_NEXT, NEXT, QUARTER, REVIEW, WEEKS
from filled_form.alone import alone, answer
from filled_form.filler import is_babble, is_copied, is_near_copy
from filled_form.joined import is_joined_copy
from filled_form.placeholders import is_put_off
from filled_form.reader import length
from truth import BORNE, TAKES
from words import OURS, PEOPLE, TALKS, TEXTS, VERDICTS, label

from conftest import rows_of
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from datetime import date

    from filled_form.reader import Form, Row
    from truth import Truth

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
WORSE, MOVES = {"lower", "exception"}, {"lower", "raise"}
"""Verdicts to which those who build on an objective have to agree, and those that give it another number."""


def verdict_of(row: Row) -> str:
    """What was decided in a row; empty where it can't be told, as test_verdicts says of it."""
    return values.one_of(row.cells["verdict"], VERDICTS)


def number_of(row: Row) -> float | None:
    """The new number of a row; None where it has none, as test_verdicts says of it."""
    return values.number(row.cells["new"], "new") if verdict_of(row) in MOVES else None


def test_last_log(review: Form, truth: Truth) -> None:
    """The review begins with those entries of the log whose day has come.

    ja: 決定記録のうち、期日の来たものを最初に見ている。
    """
    wanted = {one.number for one in truth.due}
    seen: set[str] = set()
    for row in review.tables["last"]:
        number = values.record(alone(row.cells["number"]))
        assert number.startswith("D-"), reason("log-number", line=row.line, seen=quoted(row.cells["number"]))
        assert number in truth.records, reason("no-such-record", where=reason("in-row", line=row.line), number=number)
        assert number in wanted, reason("log-not-due", line=row.line, number=number)
        assert number not in seen, reason("log-twice", line=row.line, number=number)
        seen.add(number)
        kept, name = answer(row.cells["kept"]), truth.records[number]
        assert kept is not None, reason("log-kept", line=row.line, seen=quoted(row.cells["kept"]))
        assert kept != truth.is_missed(name), reason("log-false", line=row.line, objective=name)
    assert wanted <= seen, reason("log-lacks", count=len(wanted - seen))


def test_verdicts(review: Form, truth: Truth) -> None:
    """Each objective to decide or to retire has a verdict that the rules allow.

    ja: 「決める」と「廃止?」のどの目標にも、決まりに合う判定がある。
    """
    rows = rows_of(review, "decisions", truth)
    missing = [name for name in truth.names if truth.pile(name) != "renew" and name not in rows]
    assert not missing, reason("decision-lacks", count=len(missing))
    offered = [label(words) for words in VERDICTS.values()]
    for name, row in rows.items():
        seen, pile, events = verdict_of(row), truth.pile(name), truth.counted(name).valid
        assert seen, reason("verdict-word", line=row.line, seen=quoted(row.cells["verdict"]), words=offered)
        is_known = pile != "retire" or seen in ("retire", "owner")
        assert is_known, reason("retire-or-owner", line=row.line, objective=name)
        is_left = seen != "retire" or pile == "retire"
        assert is_left, reason("retire-used", line=row.line, objective=name, events=events)
        if seen == "owner":
            _has_owner(name, row, truth)
        elif seen == "exception":
            _is_exception(name, row, truth)
        else:
            _has_number(name, row)
        if seen == "measure":
            assert pile != "renew", reason("renewed", line=row.line, objective=name)
            is_named = _says_something(row.cells["done"])
            assert is_named, reason("measure-what", line=row.line, objective=name, least=TEXTS["done"])


def _says_something(done: str) -> bool:
    """Tell whether a cell of what is done has words of its own; what they say is read by people."""
    is_filler = is_babble(done) or is_put_off(done) or is_copied(done, OURS) or is_near_copy(done, TALKS)
    is_filler = is_filler or is_joined_copy(done, TALKS)
    return length(done) >= TEXTS["done"] and not is_filler


def _has_number(name: str, row: Row) -> None:
    """Fail where a number is moved and no new one stands there, or is not moved and something does."""
    cell = row.cells["new"]
    if verdict_of(row) in MOVES:
        assert number_of(row) is not None, reason("no-number", line=row.line, seen=quoted(cell))
    else:
        assert values.is_none(cell), reason("new-beside", line=row.line, objective=name, seen=quoted(cell))


def _has_owner(name: str, row: Row, truth: Truth) -> None:
    """Fail where an owner is not lacking, or is not one person who would be."""
    assert "orphan" in truth.why(name), reason("owner-there", line=row.line, objective=name)
    named = values.people(row.cells["new"]) or set()
    assert len(named) == 1, reason("owner-who", line=row.line, objective=name, seen=quoted(row.cells["new"]))
    assert "signe" not in named, reason("owner-sre", line=row.line)
    assert named == {TAKES}, reason("owner-unwilling", line=row.line, objective=name)


def _is_exception(name: str, row: Row, truth: Truth) -> None:
    """Fail where nothing needs an exception, where it was prolonged before, or where it has no last day."""
    assert truth.is_missed(name) or name in truth.quarter.suspended, reason("kept", line=row.line, objective=name)
    assert name not in truth.quarter.suspended, reason("prolonged-twice", line=row.line, objective=name)
    has_end = values.day(row.cells["new"])
    assert has_end, reason("exception-until", line=row.line, objective=name, seen=quoted(row.cells["new"]))


def test_evidence(review: Form, truth: Truth) -> None:
    """Each decision cites records of its objective, those among them that brought it here.

    ja: どの決定も、その目標の記録を証拠に挙げていて、話し合う理由になったものが入っている。
    """
    for name, row in rows_of(review, "decisions", truth).items():
        cell, found = row.cells["evidence"], values.evidence(row.cells["evidence"])
        assert found, reason("evidence-alone", line=row.line, seen=quoted(cell))
        cited, weeks = found
        for number in cited:
            known = number in truth.records
            assert known, reason("no-such-record", where=reason("in-row", line=row.line), number=number)
            other = truth.records[number]
            assert other == name, reason("record-of-another", line=row.line, number=number, other=other)
            assert not truth.outside(number), reason("record-outside", line=row.line, number=number)
        strange = [week for week in weeks if week not in WEEKS]
        assert not strange, reason("no-such-week", line=row.line, weeks=[f"W{week}" for week in strange])
        outside = [f"W{week}" for week in weeks if week not in QUARTER]
        assert not outside, reason("week-outside", line=row.line, weeks=outside)
        assert truth.turned(name, cited, weeks), reason("evidence-beside", line=row.line, objective=name)


def test_deciders(review: Form, truth: Truth) -> None:
    """One person has decided each time, and it was hers or his to decide.

    ja: どの決定も、決める立場の1人が決めている。
    """
    for name, row in rows_of(review, "decisions", truth).items():
        cell = row.cells["decided"]
        seen = values.people(cell)
        assert seen, reason("decided-by-nobody", line=row.line, seen=quoted(cell))
        assert len(seen) == 1, reason("decided-by-many", line=row.line, seen=quoted(cell))
        right = seen == {truth.decider(name)}
        assert right, reason("decided-by-another", line=row.line, objective=name, seen=quoted(cell))


def test_agreed(review: Form, truth: Truth) -> None:
    """Who has to agree has agreed, as the talks have it, and who has to know is told.

    ja: 同意の要る人が聞き取りのとおりに同意していて、知らせる相手も書いてある。
    """
    for name, row in rows_of(review, "decisions", truth).items():
        seen, cell = verdict_of(row), row.cells["agreed"]
        agreed = values.people(cell)
        assert agreed is not None, reason("agreed-alone", line=row.line, seen=quoted(cell))
        owner = (values.people(row.cells["new"]) or set()) if seen == "owner" else set()
        if seen in WORSE:
            _have_agreed(name, row, agreed, truth)
        if seen == "raise":
            _team_has_agreed(name, row, agreed, truth)
        assert owner <= agreed, reason("owner-unasked", line=row.line, objective=name)
        asked = {"lower": truth.above(name), "exception": truth.above(name), "raise": (truth.lead(name),)}
        beside = agreed - {*asked.get(seen, owner), truth.decider(name)} if seen else set()
        named = [label(PEOPLE[one]) for one in sorted(beside)]
        assert not beside, reason("agreed-beside", line=row.line, objective=name, people=named)
        _is_told(name, seen, row, truth)


def _have_agreed(name: str, row: Row, agreed: set[str], truth: Truth) -> None:
    """Fail where somebody who builds on what gets worse is not named, or has not agreed to that."""
    missing, number = set(truth.above(name)) - agreed, number_of(row)
    assert not missing, reason("agreed-lacks", line=row.line, objective=name, count=len(missing))
    accepts = truth.target(name).accepts
    unwilling = [one for one in truth.above(name) if one not in accepts]
    assert not unwilling, reason("agreed-not", line=row.line, objective=name)
    is_agreed = number is None or number >= max(accepts.values())
    assert is_agreed, reason("agreed-to-another", line=row.line, objective=name)


def _team_has_agreed(name: str, row: Row, agreed: set[str], truth: Truth) -> None:
    """Fail where the team that would have to keep a higher number is not named, or has not agreed to it."""
    assert truth.lead(name) in agreed, reason("raise-team", line=row.line, objective=name)
    refused, number = truth.quarter.parts.get(name) == "ample", number_of(row)
    assert not refused, reason("raise-refused", line=row.line, objective=name)
    is_said = number is None or truth.raised_to(name) >= number
    assert is_said, reason("raise-unsaid", line=row.line, objective=name)


def _is_told(name: str, verdict: str, row: Row, truth: Truth) -> None:
    """Fail where nobody is told of a decision, or not all who have built on what goes."""
    cell = row.cells["told"]
    told = values.told(cell)
    assert told is not None, reason("told-alone", line=row.line, seen=quoted(cell))
    assert told or verdict != "keep", reason("told-keep", line=row.line, objective=name)
    assert told, reason("told-nobody", line=row.line, objective=name)
    is_known = verdict != "retire" or told >= set(truth.above(name))
    assert is_known, reason("told-lacks", line=row.line, objective=name)


def test_lowered(review: Form, truth: Truth) -> None:
    """No number is lowered for being missed: users bear the new one, and it can be kept.

    ja: 破られたというだけで下げた数字はない。新しい数字にユーザーが耐え、土台の上で守れる。
    """
    for name, row in rows_of(review, "decisions", truth).items():
        seen, old, new = verdict_of(row), truth.target(name).objective, number_of(row)
        if new is None:
            continue
        if seen == "raise":
            assert new > old, reason("raise-no-raise", line=row.line, objective=name)
        else:
            assert new < old, reason("lower-no-lower", line=row.line, objective=name)
            _is_borne(name, new, row, truth)
        can_be_kept = not truth.quarter.needs.get(name) or new <= truth.most(name)
        assert can_be_kept, reason("above-floor", line=row.line, objective=name, seen=f"{new:g}")


def _is_borne(name: str, new: float, row: Row, truth: Truth) -> None:
    """Fail where the weeks that are cited do not show that users bear a lower number."""
    _, weeks = values.evidence(row.cells["evidence"]) or ([], [])
    found, moved = len(truth.borne(name, new, weeks)), truth.borne_in_suspension(name, new, weeks)
    enough, missed = found >= BORNE, truth.is_missed(name)
    told = [f"W{week}" for week in sorted(moved)]
    assert enough or not moved, reason("borne-suspended", line=row.line, objective=name, weeks=told)
    assert enough or missed, reason("not-borne-kept", line=row.line, objective=name, seen=found, least=BORNE)
    assert enough, reason("not-borne", line=row.line, objective=name, seen=found, least=BORNE)


def test_again(review: Form, truth: Truth) -> None:
    """Each decision has a day on which it is looked at again, and an exception ends in time.

    ja: どの決定にも次に見る日があり、例外は期限までに終わる。
    """
    for name, row in rows_of(review, "decisions", truth).items():
        cell = row.cells["again"]
        again = values.day(cell)
        assert again, reason("one-day", line=row.line, seen=quoted(cell))
        assert again > REVIEW, reason("day-over", line=row.line, review=str(REVIEW))
        assert again <= AFTER_NEXT, reason("day-late", line=row.line, latest=str(AFTER_NEXT))
        if verdict_of(row) == "exception":
            _ends_in_time(name, row, again)


def _ends_in_time(name: str, row: Row, again: date) -> None:
    """Fail where an exception is over already, or outlives the next review."""
    until = values.day(row.cells["new"]) or again
    assert until > REVIEW, reason("exception-over", line=row.line, objective=name, review=str(REVIEW))
    assert max(until, again) <= NEXT, reason("exception-late", line=row.line, objective=name, latest=str(NEXT))
