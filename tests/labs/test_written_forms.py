"""Forms and examples of the labs of kind write: the form has all that its reader asks for, the example adds up."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from kikori import paths

MISSION, PLAN = "mission-statement", "growth-plan"
FORMS = [(MISSION, "mission"), (PLAN, "plan")]
LANGUAGES = (".md", ".ja.md")


@contextmanager
def grader(lab: str) -> Iterator[ModuleType]:
    """A grader's reader of forms; its modules have names that others have too."""
    folder = paths.ROOT / "graders" / lab
    own = {file.stem for file in folder.glob("*.py")}
    before = {name: sys.modules.pop(name) for name in own if name in sys.modules}
    sys.path.insert(0, str(folder))
    try:
        yield import_module("form")
    finally:
        sys.path.remove(str(folder))
        for name in own:
            sys.modules.pop(name, None)
        sys.modules.update(before)


def text_of(lab: str, name: str) -> str:
    return Path(paths.ROOT / "labs" / lab / "workspace" / name).read_text(encoding="utf-8")


def filled(lab: str, name: str) -> str:
    """A form with a word in each of its empty tables, so that only their columns are asked about."""
    return "\n".join(
        f"{line}\n{line.replace('---', 'x')}" if set(line) <= set("|-") and line.count("|") > 3 else line
        for line in text_of(lab, name).splitlines()
    )


@pytest.mark.parametrize(("lab", "name"), FORMS)
@pytest.mark.parametrize("ending", LANGUAGES)
def test_empty_form_has_all_parts_and_is_not_begun(lab: str, name: str, ending: str) -> None:
    with grader(lab) as form:
        assert not form.is_begun(text_of(lab, name + ending))
        assert form.read(name + ending, filled(lab, name + ending))


@pytest.mark.parametrize("ending", LANGUAGES)
def test_akaris_sums_follow_from_its_answers(ending: str) -> None:
    with grader(MISSION) as form:
        read = form.read("example", text_of(MISSION, f"example{ending}"))
        numbers = import_module("values").numbers
        price = {name: line.text for name, line in read.price.items()}
        for column, name in (("now", "promised"), ("later", "later")):
            assert sum(numbers(row.cells[column])[0] for row in read.answers) == numbers(price[name])[0]
        there, missing = (numbers(price[name])[0] for name in ("there", "missing"))
        assert there + missing == numbers(price["promised"])[0]
        cited = [import_module("values").labels(block.fields["because"].text) for block in read.decisions]
        assert len(cited) == 3
        assert all(one and one <= read.sentences.keys() for one in cited)


@pytest.mark.parametrize("ending", LANGUAGES)
def test_signes_hours_are_freed_before_they_are_planned(ending: str) -> None:
    with grader(PLAN) as form:
        read = form.read("example", text_of(PLAN, f"example{ending}"))
        numbers = import_module("values").numbers
        planned, freed, left = (numbers(read.sum[name].text)[0] for name in ("planned", "freed", "left"))
        assert planned == sum(numbers(row.cells["hours"])[0] for row in read.steps)
        assert freed - planned == left
        weeks, hours = (numbers(read.next[name].text)[0] for name in ("weeks", "hours"))
        kinds = [row for row in read.steps if row.cells["kind"] in ("problem", "問題")]
        assert weeks * hours == sum(numbers(row.cells["hours"])[0] for row in kinds)
        solved = [numbers(read.year[name].text)[0] for name in ("occasions", "problems", "again")]
        assert solved[0] - solved[1] == solved[2]
