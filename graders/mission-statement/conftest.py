"""The learner's mission, read once, and the quarter for which it was written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import form
import pytest
from quarter import Quarter
from reading import Line, Unreadable, bare, label
from values import is_below_zero, numbers, stranger

from kikori.grading import Scene, quoted, reasons

T = TypeVar("T")
reason = reasons(__file__)

FILES = ("mission.md", "mission.ja.md")
"""The form in English and in Japanese: one of them is filled in."""


@pytest.fixture(scope="module")
def quarter(scene: Scene) -> Quarter:
    """Draw the figures that lie on the desk of this attempt."""
    return Quarter(str(scene.params["quarter"]))


@pytest.fixture(scope="module")
def mission(scene: Scene) -> form.Form:
    """Read what the learner wrote; fail where it can't be read."""
    begun = {name: text for name in FILES if form.is_begun(text := scene.text(name))}
    if len(begun) != 1:
        pytest.fail(reason("both-begun", files=FILES) if begun else reason("not-begun", files=FILES))
    ((name, text),) = begun.items()
    try:
        return form.read(name, text)
    except Unreadable as problem:
        why = str(problem)
    pytest.fail(reason("unreadable", why=why))


def the_number(line: Line, names: tuple[str, ...], look: Callable[[str], list[float]] = numbers) -> float:
    """Give the one number of a field or a cell."""
    row, number = label(names), line.number
    word = stranger(line.text)
    assert not word, reason("only-value", line=number, row=row, seen=quoted(word))
    assert not is_below_zero(line.text), reason("below-zero", line=number, row=row)
    found = look(line.text)
    assert len(found) == 1, reason("one-value", line=number, row=row, seen=quoted(bare(line.text)))
    return found[0]
