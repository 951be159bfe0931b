"""The learner's plan, read once, and the year for which it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from facts import Facts, Unusable, facts_of
from filled_form import reader
from filled_form.alone import amount, day, is_written_as_day
from values import COUNTED, HOURS, WEEKS
from words import NEXT, SHAPE, label

from kikori.grading import Scene, quoted, reasons, say

if TYPE_CHECKING:
    from datetime import date

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


def the_number(plan: reader.Form, line: reader.Line, names: tuple[str, ...]) -> float:
    """Give the number that a field or a cell is; its unit is told as the form in use has it."""
    units = WEEKS if names == NEXT["weeks"] else COUNTED.get(names, HOURS)
    seen, row, unit = amount(line.text, units), label(names), units[-1 if plan.file == FILES[1] else 0]
    assert seen is not None, reason("only-number", line=line.number, row=row, unit=unit, seen=quoted(line.text))
    return seen


def the_day(line: reader.Line, names: tuple[str, ...], first: date) -> date:
    """Give the day that a field or a cell is; one without a year is the next from the month of ``first`` on."""
    found = day(line.text, first)
    is_day, row, shown = is_written_as_day(line.text), label(names), quoted(line.text)
    assert found or not is_day, reason("no-such-day", line=line.number, row=row, seen=shown)
    assert found, reason("only-day", line=line.number, row=row, seen=shown)
    return found


def day_of(line: reader.Line, names: tuple[str, ...], facts: Facts) -> date:
    """Give the day of a cell, which lies in the quarter."""
    seen, begins, ends = the_day(line, names, facts.begins), facts.begins, facts.ends
    inside = begins <= seen <= ends
    assert inside, reason("day-outside", line=line.number, seen=str(seen), begins=str(begins), ends=str(ends))
    return seen
