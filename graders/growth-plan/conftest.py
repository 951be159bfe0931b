"""The learner's plan, read once, and the year for which it was written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import form
import pytest
from facts import Facts, facts_of
from reading import Line, Unreadable, bare, label
from values import is_below_zero, numbers, stranger

from kikori.grading import Scene, quoted, reasons

T = TypeVar("T")
reason = reasons(__file__)

FILES = ("plan.md", "plan.ja.md")
"""The form in English and in Japanese: one of them is filled in."""


def readable(read: Callable[[], T]) -> T:
    """Read something, or fail with what it lacks, and where."""
    try:
        return read()
    except Unreadable as problem:
        why = str(problem)
    pytest.fail(reason("unreadable", why=why))


@pytest.fixture(scope="module")
def facts(scene: Scene) -> Facts:
    """Read the learner's own year, or draw the one on the desk."""
    return readable(lambda: facts_of(scene.text, str(scene.params["year"])))


@pytest.fixture(scope="module")
def plan(scene: Scene) -> form.Form:
    """Read what the learner wrote; fail where it can't be read."""
    begun = {name: text for name in FILES if form.is_begun(text := scene.text(name))}
    if len(begun) != 1:
        pytest.fail(reason("both-begun", files=FILES) if begun else reason("not-begun", files=FILES))
    ((name, text),) = begun.items()
    return readable(lambda: form.read(name, text))


def the_number(line: Line, names: tuple[str, ...]) -> float:
    """Give the one number of a field or a cell."""
    row, number = label(names), line.number
    word = stranger(line.text)
    assert not word, reason("only-value", line=number, row=row, seen=quoted(word))
    assert not is_below_zero(line.text), reason("below-zero", line=number, row=row)
    found = numbers(line.text)
    assert len(found) == 1, reason("one-value", line=number, row=row, seen=quoted(bare(line.text)))
    return found[0]
