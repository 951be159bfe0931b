"""Can each decision be made, by whom it was made, on what is known?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import changes
import claims
import pytest
import values
from asides import is_open
from drawn_quarter.draw import AFTER_NEXT, NEXT, REVIEW, WEEKS
from filled_form import reader
from filled_form.filler import is_babble, is_copied
from filled_form.left_open import is_left_open
from postponed import is_postponed
from truth import BORNE, TAKES
from verdicts import last_number, verdict
from words import OURS, SUSPENDED, VERDICTS, label

from conftest import rows_of
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from filled_form.reader import Form, Row
    from truth import Truth

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
SETTLED = {"lower", "exception", "raise", "owner", "retire"}
"""Verdicts whose change holds no condition, and not one thing or another."""
CAME = 3
"""The fewest words of what has come of an entry."""
WORSE = {"lower", "exception"}
"""Verdicts to which those who build on an objective have to agree."""
TELLS = {"lower", "exception", "raise", "measure", "owner", "retire"}
"""Verdicts that change what others rely on, or look at."""


def verdict_of(row: Row) -> str:
    """What was decided in a row; empty where it can't be told, as test_verdicts says of it."""
    return verdict(row.cells["verdict"])


def percent_of(row: Row) -> float:
    """The new number of a row that raises or lowers: the last one where it says from what to what."""
    found = last_number(row.cells["change"])
    assert found, reason("no-number", line=row.line, seen=quoted(row.cells["change"]))
    return found[0]


def test_last_log(review: Form, truth: Truth) -> None:
    """The review begins with those entries of the log whose day has come.

    ja: 決定記録のうち、期日の来たものを最初に見ている。
    """
    wanted = {one.number for one in truth.due}
    seen: set[str] = set()
    known = truth.owners_of_records("")
    for row in review.tables["last"]:
        found = [one for one in values.records(row.cells["number"]) if one.startswith("D-")]
        assert len(found) == 1, reason("log-number", line=row.line, seen=quoted(row.cells["number"]))
        assert found[0] in known, reason("no-such-record", line=row.line, number=found[0])
        assert found[0] in wanted, reason("log-not-due", line=row.line, number=found[0])
        came = row.cells["came"]
        assert reader.length(came) >= CAME, reason("log-silent", line=row.line)
        assert not is_babble(came), reason("log-silent", line=row.line)
        is_put_off = is_left_open(came) or is_postponed(came, CAME)
        assert not is_put_off, reason("left-open", line=row.line, seen=quoted(came))
        assert not is_copied(came, OURS), reason("log-copied", line=row.line)
        strange = claims.unknown_record(came, known)
        assert not strange, reason("no-such-record", line=row.line, number=strange)
        is_false = claims.false_outcome(came, known[found[0]], truth)
        assert not is_false, reason("log-false", line=row.line, objective=known[found[0]])
        seen.add(found[0])
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
        cell, change = row.cells["verdict"], row.cells["change"]
        seen = verdict_of(row)
        assert seen, reason("verdict-word", line=row.line, seen=quoted(cell), words=offered)
        if truth.pile(name) == "retire":
            assert seen in ("retire", "owner"), reason("retire-or-owner", line=row.line, objective=name)
        if seen in SETTLED | {"measure"}:
            assert not is_left_open(change), reason("left-open", line=row.line, seen=quoted(change))
        is_settled = seen not in SETTLED or not is_open(change)
        assert is_settled, reason("change-open", line=row.line, objective=name, seen=quoted(change))
        if seen == "owner":
            _has_owner(name, row, truth)
        if seen == "measure":
            assert reader.length(change) >= 2, reason("measure-what", line=row.line, objective=name)
        if seen == "retire":
            events = truth.counted(name).valid
            assert truth.pile(name) == "retire", reason("retire-used", line=row.line, objective=name, events=events)
        if seen in ("keep", "measure"):
            second = changes.second_decision(change, truth.target(name).objective, truth.percents(name))
            assert not second, reason("change-beside", line=row.line, objective=name, seen=quoted(change))
        if seen == "measure":
            is_named = changes.names_indicator(change)
            assert is_named, reason("measure-yet", line=row.line, objective=name, seen=quoted(change))
        if seen == "exception":
            _is_exception(name, row, truth)


def _has_owner(name: str, row: Row, truth: Truth) -> None:
    """Fail where an owner is not lacking, or is not one person who would be."""
    cell = row.cells["change"]
    assert "orphan" in truth.why(name), reason("owner-there", line=row.line, objective=name)
    named = values.people(cell)
    assert len(named) == 1, reason("owner-who", line=row.line, objective=name)
    assert values.is_names_alone(cell), reason("owner-who", line=row.line, objective=name)
    assert "signe" not in named, reason("owner-sre", line=row.line)
    assert named == {TAKES}, reason("owner-unwilling", line=row.line, objective=name)


def _is_exception(name: str, row: Row, truth: Truth) -> None:
    """Fail where nothing needs an exception, where it was prolonged before, or where it does not say what it is."""
    assert truth.is_missed(name) or name in truth.quarter.suspended, reason("kept", line=row.line, objective=name)
    assert name not in truth.quarter.suspended, reason("prolonged-twice", line=row.line, objective=name)
    change = reader.plain(row.cells["change"])
    told = values.days_of(change) or (reader.length(change) > 1 and re.search(SUSPENDED, change, re.ASCII))
    assert told, reason("exception-what", line=row.line, objective=name)
    moved = [one for one in last_number(change) if one != truth.target(name).objective]
    assert not moved, reason("change-beside", line=row.line, objective=name, seen=quoted(change))


def test_evidence(review: Form, truth: Truth) -> None:
    """Each decision cites records of its objective, those among them that brought it here.

    ja: どの決定も、その目標の記録を証拠に挙げていて、話し合う理由になったものが入っている。
    """
    known = truth.owners_of_records("")
    for name, row in rows_of(review, "decisions", truth).items():
        cell = row.cells["evidence"]
        cited, weeks = values.records(cell), values.weeks(cell)
        assert cited or weeks, reason("no-evidence", line=row.line, objective=name)
        assert values.cites_plainly(cell), reason("evidence-plain", line=row.line, seen=quoted(cell))
        for number in cited:
            assert number in known, reason("no-such-record", line=row.line, number=number)
            other = known[number]
            assert other == name, reason("record-of-another", line=row.line, number=number, other=other)
        strange = [week for week in weeks if week not in WEEKS]
        assert not strange, reason("no-such-week", line=row.line, weeks=[f"W{week}" for week in strange])
        assert truth.turned(name, cited, weeks), reason("evidence-beside", line=row.line, objective=name)


def test_deciders(review: Form, truth: Truth) -> None:
    """One person has decided each time, and it was hers or his to decide.

    ja: どの決定も、決める立場の1人が決めている。
    """
    for name, row in rows_of(review, "decisions", truth).items():
        cell = row.cells["decided"]
        seen = values.people(cell)
        assert not (seen and values.takes_back(cell)), reason("people-plain", line=row.line, seen=quoted(cell))
        assert seen, reason("decided-by-nobody", line=row.line, seen=quoted(cell))
        is_one = len(seen) == 1 and not values.is_crowd(cell)
        assert is_one, reason("decided-by-many", line=row.line, seen=quoted(cell))
        assert values.is_names_alone(cell), reason("people-plain", line=row.line, seen=quoted(cell))
        right = seen == {truth.decider(name)}
        assert right, reason("decided-by-another", line=row.line, objective=name, seen=quoted(cell))


def test_agreed(review: Form, truth: Truth) -> None:
    """Who has to agree has agreed, as the talks have it, and who has to know is told.

    ja: 同意の要る人が聞き取りのとおりに同意していて、知らせる相手も書いてある。
    """
    for name, row in rows_of(review, "decisions", truth).items():
        seen, cell = verdict_of(row), row.cells["agreed"]
        agreed = values.people(cell)
        assert not agreed or values.is_names_alone(cell), reason("people-plain", line=row.line, seen=quoted(cell))
        if seen in WORSE:
            missing = [one for one in truth.above(name) if one not in agreed]
            assert not missing, reason("agreed-lacks", line=row.line, objective=name, count=len(missing))
            accepts = truth.target(name).accepts
            unwilling = [one for one in truth.above(name) if one not in accepts]
            assert not unwilling, reason("agreed-not", line=row.line, objective=name)
            number = percent_of(row) if seen == "lower" else 100
            assert number >= max(accepts.values()), reason("agreed-to-another", line=row.line, objective=name)
        if seen == "raise":
            assert truth.lead(name) in agreed, reason("raise-team", line=row.line, objective=name)
            refused = truth.quarter.parts.get(name) == "ample"
            assert not refused, reason("raise-refused", line=row.line, objective=name)
            assert truth.raised_to(name) >= percent_of(row), reason("raise-unsaid", line=row.line, objective=name)
        if seen == "owner":
            asked = values.people(row.cells["change"]) <= agreed
            assert asked, reason("owner-unasked", line=row.line, objective=name)
        _is_told(name, seen, row, truth)


def _is_told(name: str, verdict: str, row: Row, truth: Truth) -> None:
    """Fail where nobody is told of a decision, or not all who have built on what goes."""
    cell = row.cells["told"]
    told, every = values.people(cell), values.is_everybody(cell)
    is_told = bool(told) or every
    is_plain = not is_told or values.is_told_alone(cell)
    assert is_plain, reason("told-plain", line=row.line, seen=quoted(cell))
    assert is_told or verdict in TELLS, reason("told-keep", line=row.line, objective=name)
    assert is_told, reason("told-nobody", line=row.line, objective=name)
    if verdict == "retire":
        assert every or told >= set(truth.above(name)), reason("told-lacks", line=row.line, objective=name)


def test_lowered(review: Form, truth: Truth) -> None:
    """No number is lowered for being missed: users bear the new one, and it can be kept.

    ja: 破られたというだけで下げた数字はない。新しい数字にユーザーが耐え、土台の上で守れる。
    """
    for name, row in rows_of(review, "decisions", truth).items():
        seen, old = verdict_of(row), truth.target(name).objective
        if seen == "raise":
            new = percent_of(row)
            assert new > old, reason("raise-no-raise", line=row.line, objective=name)
            assert new <= truth.most(name) + 0.005, reason("above-floor", line=row.line, objective=name)
        if seen != "lower":
            continue
        new = percent_of(row)
        assert new < old, reason("lower-no-lower", line=row.line, objective=name)
        weeks = values.weeks(row.cells["evidence"])
        found, moved = len(truth.borne(name, new, weeks)), truth.borne_in_suspension(name, new, weeks)
        enough, missed = found >= BORNE, truth.is_missed(name)
        told = [f"W{week}" for week in sorted(moved)]
        assert enough or not moved, reason("borne-suspended", line=row.line, objective=name, weeks=told)
        assert enough or missed, reason("not-borne-kept", line=row.line, objective=name, seen=found, least=BORNE)
        assert enough, reason("not-borne", line=row.line, objective=name, seen=found, least=BORNE)
        if truth.quarter.needs.get(name):
            assert new <= truth.most(name) + 0.005, reason("above-floor", line=row.line, objective=name)


def test_again(review: Form, truth: Truth) -> None:
    """Each decision has a day on which it is looked at again, and an exception ends in time.

    ja: どの決定にも次に見る日があり、例外は期限までに終わる。
    """
    for name, row in rows_of(review, "decisions", truth).items():
        cell = row.cells["again"]
        day = values.day_alone(cell)
        assert day, reason("one-day", line=row.line, seen=quoted(cell))
        assert day > REVIEW, reason("day-over", line=row.line, review=str(REVIEW))
        assert day <= AFTER_NEXT, reason("day-late", line=row.line, latest=str(AFTER_NEXT))
        change = row.cells["change"]
        after = any(one > NEXT for one in (day, *values.days_of(change)))
        after = after or any(week > NEXT.isocalendar().week for week in values.weeks(change))
        late = verdict_of(row) == "exception" and after
        assert not late, reason("exception-late", line=row.line, objective=name, latest=str(NEXT))
