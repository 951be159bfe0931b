"""The learner's post-mortem, read once, and the night as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import form
import pytest
from night import Night

from kikori.grading import Scene, reasons

T = TypeVar("T")
reason = reasons(__file__)

FILES = ("postmortem.md", "postmortem.ja.md")
"""The form in English and in Japanese: one of them is filled in."""


@pytest.fixture(scope="module")
def night() -> Night:
    """The recorded night."""
    return Night()


@pytest.fixture(scope="module")
def postmortem(scene: Scene) -> form.Form:
    """What the learner wrote; fails where it can't be read."""
    begun = {name: text for name in FILES if form.is_begun(text := scene.text(name))}
    if len(begun) != 1:
        pytest.fail(reason("both-begun", files=FILES) if begun else reason("not-begun", files=FILES))
    ((name, text),) = begun.items()
    return readable(lambda: form.read(name, text))


def readable(read: Callable[[], T]) -> T:
    """Read something of the form, or fail with what it lacks, and where."""
    try:
        return read()
    except form.Unreadable as problem:
        why = str(problem)
    pytest.fail(reason("unreadable", why=why))
