"""The learner's mission, read once, and the quarter for which it was written."""

from __future__ import annotations

import pytest
from drawn_letters.draw import Quarter
from filled_form import reader
from filled_form.alone import amount
from values import DAYS, PERCENT
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
    """Give the number that a field or a cell is."""
    units = PERCENT if names == PRICE["agreement"] else DAYS
    seen, unit = amount(line.text, units), say(units[0], units[-1])
    assert seen is not None, reason(
        "only-number", line=line.number, row=label(names), unit=unit, seen=quoted(line.text)
    )
    return seen
