"""Does the mission decide: is a sentence cited, is something given up, and can one see it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from citations import sentences_cited
from filled_form.reader import labels, length
from form import says, sentences
from test_quarter import EXACT, SHORT, answer_of, answered, day_of, days_of, names_of, stopped_of
from twice import differ, is_again
from values import cited, given_up, request
from words import FIELDS, OWNERS, WORKS, label

from conftest import the_number
from kikori.grading import quoted, reasons, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drawn_letters.draw import Quarter
    from filled_form.reader import Block, Form, Line

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_answers")]
MOST = 3
LEAST = {"because": 6, "words": 3, "them": 3, "seen": 4}
"""The fewest words of a field that people read."""


def number_of(block: Block, quarter: Quarter) -> int:
    """Give the request that a decision is about."""
    number = request(block.title)
    assert number is not None, reason("decision-which", line=block.line, seen=quoted(block.title))
    assert number in quarter.requests, reason("no-such-request", line=block.line)
    return number


def test_decisions(mission: Form, quarter: Quarter) -> None:
    """Three requests are decided, as the table answers them, one at least with a yes and one with a no.

    ja: 三つの頼みごとに、返事の表のとおりの判断があり、「はい」と「いいえ」が少なくとも一つずつある。
    """
    blocks, table = mission.blocks["decisions"], answered(mission)
    assert len(blocks) == MOST, reason("how-many-decisions", seen=len(blocks), wanted=MOST)
    said: dict[int, bool] = {}
    for block in blocks:
        number = number_of(block, quarter)
        assert number not in said, reason("decision-twice", line=block.line, number=number)
        line = block.fields["answer"]
        said[number] = answer_of(line)
        assert said[number] == table[number][0], reason("other-answer", line=line.number, number=number)
        us = block.fields["us"]
        same = abs(the_number(us, FIELDS["us"]) - days_of(table[number][1], "now")) <= EXACT
        assert same, reason("costs-us", line=us.number, number=number)
    assert set(said.values()) == {True, False}, reason("yes-and-no")


@pytest.mark.needs("test_sentences", "test_decisions")
def test_because(mission: Form) -> None:
    """Each decision cites a sentence that is there, and two at least cite the mission itself.

    ja: どの判断も、実際にある文を理由に引き、二つ以上がミッションの文を引いている。
    """
    by_mission, known = 0, sentences(mission)
    for block in mission.blocks["decisions"]:
        line, because = block.fields["by"], block.fields["because"]
        named = cited(line.text)
        assert named, reason("only-sentences", line=line.number, seen=quoted(line.text))
        unknown = sorted(named - known.keys())
        assert not unknown, reason("cites-unknown", line=line.number, names=unknown)
        by_mission += bool(_of_mission(named))
        _says(mission, block, "because")
        others = sorted(sentences_cited(because.text))
        is_other = bool(_of_mission(others) and _of_mission(named) and not named & {*others})
        assert not is_other, reason("because-of-another", line=because.number, seen=others, named=sorted(named))
    assert by_mission > 1, reason("rules-decide", seen=by_mission)
    _own(mission, "because")


def _of_mission(names: Iterable[str]) -> list[str]:
    """Give the sentences of the mission itself."""
    return [one for one in names if one.startswith("M")]


@pytest.mark.needs("test_decisions")
def test_given_up(mission: Form, quarter: Quarter) -> None:
    """Each decision says what is not done because of it, and what that costs others.

    ja: どの判断にも、そのためにしないことと、相手が払う代償がある。
    """
    table = answered(mission)
    refused = {number for number, (is_done, _) in table.items() if not is_done}
    stopped = stopped_of(mission, quarter)
    found: list[frozenset[object]] = []
    for block in mission.blocks["decisions"]:
        numbers, works = _not_done(block.fields["not-done"], table.keys() - refused, stopped)
        unknown = sorted(numbers - table.keys())
        assert not unknown, reason("no-such-request", line=block.fields["not-done"].number)
        own = number_of(block, quarter)
        is_its_own = own not in refused or own in numbers
        assert is_its_own, reason("no-of-another", line=block.fields["not-done"].number, number=own)
        _says(mission, block, "words", like_example=length(block.fields["words"].text) <= SHORT)
        _says(mission, block, "them")
        found.append(frozenset(numbers | works))
    assert len(set(found)) > 1, reason("not-done-same")
    is_again(mission, "words")
    _own(mission, "them")


def _not_done(line: Line, done: set[int], stopped: set[str]) -> tuple[set[int], set[str]]:
    """Give the requests and the work that a decision gives up; fail where one of them is done, or goes on."""
    found = given_up(line.text, WORKS)
    assert found, reason("not-done-what", line=line.number, seen=quoted(line.text))
    numbers, works = found
    also = sorted(numbers & done)
    assert not also, reason("not-done-is", line=line.number, number=(also or [0])[0])
    kept = [say(*labels(WORKS[one])) for one in sorted(works - stopped)]
    assert not kept, reason("goes-on", line=line.number, which=kept)
    return found


@pytest.mark.needs("test_decisions")
def test_seen(mission: Form, quarter: Quarter) -> None:
    """Each decision has an owner, a day of the quarter, and something at which one can look.

    ja: どの判断にも、担当と、四半期の中の日付と、見れば分かることがある。
    """
    for block in mission.blocks["decisions"]:
        day = block.fields["day"]
        names_of(block.fields["owner"], OWNERS, label(FIELDS["owner"]))
        begins, ends, seen = quarter.begins, quarter.ends, day_of(day, quarter)
        inside = begins <= seen <= ends
        assert inside, reason("day-outside", line=day.number, seen=str(seen), begins=str(begins), ends=str(ends))
        _says(mission, block, "seen")
    _own(mission, "seen")


def _says(mission: Form, block: Block, name: str, *, like_example: bool = False) -> None:
    says(mission, block.fields[name], label(FIELDS[name]), LEAST[name], like_example=like_example)


def _own(mission: Form, name: str) -> None:
    """Fail where a field doesn't say something of its own in each decision."""
    is_again(mission, name)
    differ(mission, name)
