"""The learner's review, read once, and the quarter as it was."""

from __future__ import annotations

import pytest
from filled_form import reader
from filled_form.alone import alone
from truth import Truth
from words import SHAPE

from kikori.grading import Scene, quoted, reasons, say

reason = reasons(__file__)

FILES = ("review.md", "review.ja.md")
"""The form in English and in Japanese: one of them is filled in."""


@pytest.fixture(scope="module")
def truth(scene: Scene) -> Truth:
    """The quarter of this attempt."""
    return Truth(int(scene.params["quarter"]))


@pytest.fixture(scope="module")
def review(scene: Scene) -> reader.Form:
    """What the learner wrote; fails where it can't be read."""
    try:
        return reader.written({name: scene.text(name) for name in FILES}, SHAPE)
    except reader.Unreadable as problem:
        why = say(problem.en, problem.ja)
    pytest.fail(reason("unreadable", why=why))


def rows_of(review: reader.Form, part: str, truth: Truth) -> dict[str, reader.Row]:
    """The rows of a table by their objectives, each of which is known and stands there once."""
    found: dict[str, reader.Row] = {}
    for row in review.tables[part]:
        name = alone(row.cells["name"]).replace(" ", "-")
        assert name in truth.names, reason("no-such-objective", line=row.line, seen=quoted(row.cells["name"]))
        assert name not in found, reason("objective-twice", line=row.line, objective=name)
        found[name] = row
    return found
