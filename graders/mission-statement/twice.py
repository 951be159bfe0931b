"""Find what a document says twice: in two decisions, or in fields each of which has to say something of its own."""

from __future__ import annotations

import re

from filled_form.filler import is_said_in, same_as_before, tokens
from filled_form.reader import Form, Line, plain
from form import postcards, sentences
from words import OWNERS, TEAMS, WORKS

from kikori.grading import reasons

reason = reasons(__file__)

FIELDS = ("because", "words", "them", "seen")
"""The fields of a decision that say something, in the order in which they are compared."""
NAMES = {plain(word) for names in (TEAMS, OWNERS, WORKS) for words in names.values() for word in words}
JAPANESE = re.compile("|".join(sorted((one for one in NAMES if not one.isascii()), key=len, reverse=True)))
OF_ONE = re.compile(r"'?s?'?$")
LATIN = {OF_ONE.sub("", one) for one in NAMES if one.isascii()}


def is_again(mission: Form, name: str) -> None:
    """Fail where a field of a decision has the words of a sentence, of the vision, or of a field before it."""
    lines = [*sentences(mission).values(), *postcards(mission), Line(0, mission.text("opposite"))]
    before = [line.text for line in lines]
    blocks = mission.blocks["decisions"]
    before += [block.fields[one].text for one in FIELDS[: FIELDS.index(name)] for block in blocks]
    for line in (block.fields[name] for block in blocks):
        assert not is_said_in(line.text, before), reason("sentence-again", line=line.number)


def differ(mission: Form, name: str) -> None:
    """Fail where two decisions say the same, or the same of another team or work."""
    lines = [block.fields[name] for block in mission.blocks["decisions"]]
    same = same_as_before([line.text for line in lines])
    assert same is None, reason("same", line=lines[same or 0].number)
    same = same_as_before([nameless(line.text) for line in lines])
    assert same is None, reason("same-of-another", line=lines[same or 0].number)


def nameless(text: str) -> str:
    """Give the words of a text without the names of teams and work."""
    words = tokens(JAPANESE.sub(" ", plain(text)))
    return " ".join(one for one in words if OF_ONE.sub("", one) not in LATIN)
