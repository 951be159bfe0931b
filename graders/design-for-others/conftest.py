"""The learner's document, read once, and the service as it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from filled_form import reader
from truth import Truth
from words import SHAPE

from kikori.grading import Scene, reasons, say

reason = reasons(__file__)

FILES = ("design.md", "design.ja.md")
"""The form in English and in Japanese: one of them is filled in."""


ACTS = {"tasks": ("do", "otherwise"), "alerts": ("action",), "failures": ("action", "safe")}
"""Cells that tell somebody to do something."""


def acts(document: reader.Form) -> Iterator[tuple[int, str]]:
    """All that somebody is told to do, with its line."""
    for part, columns in ACTS.items():
        for row in document.tables[part]:
            for column in columns:
                yield row.line, row.cells[column]


@pytest.fixture(scope="module")
def document(scene: Scene) -> reader.Form:
    """What the learner wrote; fails where it can't be read."""
    texts = {name: scene.text(name) for name in FILES}
    try:
        return reader.written(texts, SHAPE)
    except reader.Unreadable as problem:
        pass_on = say(problem.en, problem.ja)
    pytest.fail(reason("unreadable", why=pass_on))


@pytest.fixture(scope="module")
def truth(scene: Scene) -> Truth:
    """The service of this attempt."""
    return Truth(int(scene.params["house"]))
