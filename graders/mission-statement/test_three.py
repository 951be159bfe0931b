"""Does the mission decide: is a sentence cited, is something given up, and can one see it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from filled_form.doubts import is_taken_back
from filled_form.filler import same_as_before
from filled_form.left_open import is_named_later
from filled_form.reader import labels, length, plain
from filled_form.values import NOBODY, any_word, names_in, without_asides
from form import says, sentences
from promises import given_up
from test_quarter import answer_of, answered, days_of, is_for_now, settled_day, stopped_of
from values import cited, first_number, has_person, is_done_after_all, is_either, requests
from words import FIELDS, SRE, TEAMS, WORKS, label

from conftest import the_number
from kikori.grading import quoted, reasons, say

if TYPE_CHECKING:
    from drawn_letters.draw import Quarter
    from filled_form.reader import Block, Form, Line

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_answers")]
MOST = 3
LEAST = {"because": 6, "not-done": 1, "them": 3, "seen": 4}
"""The fewest words of a field."""
SHORT = 12
"""Up to how many words what is not done may be told as in the example: a request's number is one's own."""


def number_of(block: Block, quarter: Quarter) -> int:
    """Give the request that a decision is about."""
    named = requests(block.title) or first_number(block.title)
    assert len(named) == 1, reason("decision-which", line=block.line, seen=quoted(block.title))
    number = next(iter(named))
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
        if said[number]:
            is_for_now(line, quarter)
        us = block.fields["us"]
        same = abs(the_number(us, FIELDS["us"]) - days_of(table[number][1], "now")) < 1
        assert same, reason("costs-us", line=us.number, number=number)
    assert set(said.values()) == {True, False}, reason("yes-and-no")


@pytest.mark.needs("test_sentences", "test_decisions")
def test_because(mission: Form) -> None:
    """Each decision cites a sentence that is there, and two at least cite the mission itself.

    ja: どの判断も、実際にある文を理由に引き、二つ以上がミッションの文を引いている。
    """
    by_mission, known = 0, sentences(mission)
    for block in mission.blocks["decisions"]:
        line = block.fields["because"]
        named = cited(line.text)
        assert named, reason("cites-nothing", line=line.number)
        unknown = sorted(named - known.keys())
        assert not unknown, reason("cites-unknown", line=line.number, names=unknown)
        by_mission += any(one.startswith("M") for one in named)
        _says(block, "because")
        whole = [known[one].text for one in sorted(named)]
        assert all(same_as_before([line.text, one]) is None for one in whole), reason(
            "sentence-again", line=line.number
        )
    assert by_mission > 1, reason("rules-decide", seen=by_mission)
    _differ(mission, "because")


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
        line = block.fields["not-done"]
        named, works = requests(line.text), names_in(line.text, WORKS)
        assert named | works, reason("not-done-what", line=line.number)
        done = sorted(named - refused)
        assert not done or named & refused or works & stopped, reason("not-done-is", line=line.number, number=done[0])
        assert named & refused or works & stopped, reason("not-stopped", line=line.number)
        assert not is_done_after_all(line.text), reason("done-after-all", line=line.number)
        _all_given_up(line, table.keys() - refused, stopped)
        _says(block, "not-done", like_example=bool(named & refused) and length(line.text) <= SHORT)
        _says(block, "them")
        found.append(frozenset(named & refused) | frozenset(works & stopped))
    assert len(set(found)) > 1, reason("not-done-same")
    _differ(mission, "them")


def _all_given_up(line: Line, done: set[int], stopped: set[str]) -> None:
    """Fail where something that goes on is listed beside what is given up."""
    numbers, works = given_up(line.text)
    also = sorted(numbers & done)
    assert not also, reason("not-done-is", line=line.number, number=(also or [0])[0])
    kept = [say(*labels(WORKS[one])) for one in sorted(works - stopped)]
    assert not kept, reason("goes-on", line=line.number, which=kept)


@pytest.mark.needs("test_decisions")
def test_seen(mission: Form, quarter: Quarter) -> None:
    """Each decision has an owner, a day of the quarter, and something at which one can look.

    ja: どの判断にも、担当と、四半期の中の日付と、見れば分かることがある。
    """
    for block in mission.blocks["decisions"]:
        owner, day = block.fields["owner"], block.fields["day"]
        said = plain(owner.text).strip(" .。")
        assert said not in NOBODY, reason("no-owner", line=owner.number)
        is_open = is_named_later(without_asides(owner.text)) or is_taken_back(owner.text) or is_either(owner.text)
        assert not is_open, reason("owner-open", line=owner.number, seen=quoted(owner.text))
        is_known = names_in(without_asides(said), TEAMS) or any_word(without_asides(said), SRE)
        who = has_person(without_asides(owner.text))
        assert not who, reason("owner-person", line=owner.number, seen=quoted(owner.text))
        assert is_known, reason("owner-unknown", line=owner.number, seen=quoted(owner.text))
        begins, ends, seen = quarter.begins, quarter.ends, settled_day(day, quarter)
        inside = begins <= seen <= ends
        assert inside, reason("day-outside", line=day.number, seen=str(seen), begins=str(begins), ends=str(ends))
        _says(block, "seen")
        line = block.fields["seen"]
        assert same_as_before([line.text, block.fields["because"].text]) is None, reason(
            "sentence-again", line=line.number
        )
    _differ(mission, "seen")


def _says(block: Block, name: str, *, like_example: bool = False) -> None:
    says(block.fields[name], label(FIELDS[name]), LEAST[name], like_example=like_example)


def _differ(mission: Form, name: str) -> None:
    """Fail where two decisions say the same."""
    lines = [block.fields[name] for block in mission.blocks["decisions"]]
    same = same_as_before([line.text for line in lines])
    assert same is None, reason("same", line=lines[same or 0].number)
