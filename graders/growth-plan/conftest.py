"""The learner's plan, read once, and the year for which it was written."""

from __future__ import annotations

import pytest
from facts import Facts, Unusable, facts_of
from filled_form import reader
from filled_form.values import without_asides
from values import said, taken_back
from words import SHAPE, label

from kikori.grading import Scene, quoted, reasons, say

reason = reasons(__file__)

FILES = ("plan.md", "plan.ja.md")
"""The form in English and in Japanese: one of them is filled in."""


@pytest.fixture(scope="module")
def facts(scene: Scene) -> Facts:
    """Read the learner's own year, or draw the one on the desk."""
    try:
        return facts_of(scene.text, str(scene.params["year"]))
    except Unusable as problem:
        why = str(problem)
    pytest.fail(reason("unreadable", why=why))


@pytest.fixture(scope="module")
def plan(scene: Scene) -> reader.Form:
    """Read what the learner wrote; fail where it can't be read."""
    try:
        return reader.written({name: scene.text(name) for name in FILES}, SHAPE)
    except reader.Unreadable as problem:
        why = say(problem.en, problem.ja)
    pytest.fail(reason("unreadable", why=why))


def the_number(line: reader.Line, names: tuple[str, ...]) -> float:
    """Give the one number of a field or a cell."""
    found, row, at = said(line.text, names), label(names), line.number
    percent = "%" in without_asides(line.text) or "パーセント" in line.text
    stranger = "%" if percent else found.stranger
    assert not stranger, reason("only-value", line=at, row=row, seen=quoted(stranger))
    is_below_zero = found.is_below_zero and len(found.numbers) == 1
    assert not is_below_zero, reason("below-zero", line=at, row=row)
    assert found.one, reason("one-value", line=at, row=row, seen=quoted(without_asides(line.text)))
    beside = taken_back(line.text, names)
    assert not beside, reason("beside-value", line=at, row=row, seen=quoted(beside))
    return found.one[0]
