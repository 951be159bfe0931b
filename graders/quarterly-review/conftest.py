"""The learner's review, read once, and the quarter as it was."""

from __future__ import annotations

import form
import pytest
from truth import Truth

from kikori.grading import Scene, reasons

reason = reasons(__file__)

FILES = ("review.md", "review.ja.md")
"""The form in English and in Japanese: one of them is filled in."""


@pytest.fixture(scope="module")
def truth(scene: Scene) -> Truth:
    """The quarter of this attempt."""
    return Truth(int(scene.params["quarter"]))


@pytest.fixture(scope="module")
def review(scene: Scene) -> form.Form:
    """What the learner wrote; fails where it can't be read."""
    begun = {name: text for name in FILES if form.is_begun(text := scene.text(name))}
    if len(begun) != 1:
        pytest.fail(reason("both-begun", files=FILES) if begun else reason("not-begun", files=FILES))
    ((name, text),) = begun.items()
    try:
        return form.read(name, text)
    except form.Unreadable as problem:
        why = str(problem)
    pytest.fail(reason("unreadable", why=why))


def rows_of(review: form.Form, part: str, truth: Truth) -> dict[str, form.Row]:
    """The rows of a table by their objectives, each of which is known and stands there once."""
    found: dict[str, form.Row] = {}
    for row in review.tables[part]:
        name = form.plain(row.cells["name"]).replace(" ", "-")
        assert name in truth.names, reason("no-such-objective", line=row.line, seen=name)
        assert name not in found, reason("objective-twice", line=row.line, objective=name)
        found[name] = row
    return found
