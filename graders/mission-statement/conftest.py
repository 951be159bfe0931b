"""The learner's mission, read once, and the quarter for which it was written."""

from __future__ import annotations

import pytest
from drawn_letters.draw import Quarter
from filled_form import reader
from filled_form.values import number, without_asides
from values import DAYS, PERCENT, SHARE, taken_back
from words import PRICE, SHAPE, label

from kikori.grading import Scene, quoted, reasons, say

reason = reasons(__file__)

FILES = ("mission.md", "mission.ja.md")
"""The form in English and in Japanese: one of them is filled in."""


@pytest.fixture(scope="module")
def quarter(scene: Scene) -> Quarter:
    """Draw the figures that lie on the desk of this attempt."""
    return Quarter(str(scene.params["quarter"]))


@pytest.fixture(scope="module")
def mission(scene: Scene) -> reader.Form:
    """Read what the learner wrote; fail where it can't be read."""
    try:
        return reader.written({name: scene.text(name) for name in FILES}, SHAPE)
    except reader.Unreadable as problem:
        why = say(problem.en, problem.ja)
    pytest.fail(reason("unreadable", why=why))


def the_number(line: reader.Line, names: tuple[str, ...]) -> float:
    """Give the one number of a field or a cell."""
    is_share = names == PRICE["agreement"]
    said, row, at = number(line.text, SHARE if is_share else DAYS), label(names), line.number
    percent = PERCENT.search(without_asides(line.text)) if not is_share else None
    stranger = percent[0] if percent else said.stranger
    assert not stranger, reason("only-value", line=at, row=row, seen=quoted(stranger))
    is_below_zero = said.is_below_zero and len(said.numbers) == 1
    assert not is_below_zero, reason("below-zero", line=at, row=row)
    assert said.one, reason("one-value", line=at, row=row, seen=quoted(without_asides(line.text)))
    beside = taken_back(line.text, is_share=is_share)
    assert not beside, reason("beside-value", line=at, row=row, seen=quoted(beside))
    return said.one[0]
