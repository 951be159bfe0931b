"""The learner's document, read once, and the service as it is."""

from __future__ import annotations

import form
import pytest
from truth import Truth

from kikori.grading import Scene, reasons

reason = reasons(__file__)

FILES = ("design.md", "design.ja.md")
"""The form in English and in Japanese: one of them is filled in."""


@pytest.fixture(scope="module")
def truth(scene: Scene) -> Truth:
    """The service of this attempt."""
    return Truth(int(scene.params["house"]))


@pytest.fixture(scope="module")
def document(scene: Scene) -> form.Form:
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
