"""Is the form filled in, and do those things stand in it that only the learner knows?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from filled_form.blanks import NOBODY
from filled_form.filler import is_babble, is_copied, is_near_copy, same_as_before
from filled_form.headings import renamed
from filled_form.placeholders import is_put_off
from filled_form.reader import Line, length, plain
from filled_form.rows import of_ones_own
from titles import has_quarter, is_named, is_of, more_than, of_the_planner
from words import DEEP, EXAMPLE, FORM, LAB, LABELS, NEXT, OTHERS, SHAPE, SIGNES, label

from kikori.grading import Scene, quoted, reasons

if TYPE_CHECKING:
    from facts import Facts
    from filled_form.reader import Form

reason = reasons(__file__)

GIVEN = ("example.md", "example.ja.md")
PROSE = {"why": 6, "explained": 5, "words": 4, "when": 4, "step-up": 4, "readers": 1}
"""The fewest words of what is told in words."""


@pytest.mark.guard
@pytest.mark.static
def test_given(scene: Scene) -> None:
    """The example in the workspace is as it was given.

    ja: 作業フォルダーの例は、渡されたままである。
    """
    for name in GIVEN:
        copy = scene.workspace / name
        same = copy.is_file() and not copy.is_symlink() and copy.read_bytes() == (LAB / "workspace" / name).read_bytes()
        assert same, reason("given", file=name)


@pytest.mark.static
def test_form(plan: Form, facts: Facts) -> None:
    """All parts of the form are there and can be read, and so is the year.

    ja: 書式のすべての項目と、もとになる1年の記録が読み取れる。
    """
    _is_title(plan, facts)
    assert plan.tables["steps"], reason("no-rows", file=plan.file)
    assert facts.log, reason("no-rows", file=plan.file)
    line, head = next(of_ones_own(plan, SHAPE), (Line(0, ""), ""))
    assert not head, reason("own-row", line=line.number, seen=quoted(head))
    line, head = next(renamed(plan, SHAPE, LABELS), (Line(0, ""), ""))
    assert not head, reason("renamed", line=line.number, seen=quoted(head))


def _is_title(plan: Form, facts: Facts) -> None:
    """Fail where the title doesn't say whose plan it is and for which quarter, or says another thing."""
    names, begins, ends = of_the_planner(facts.planner), facts.begins, facts.ends
    whose = reason("own-title", file=plan.file, planner=quoted(facts.planner))
    assert is_named(plan.title, names), whose if facts.planner else reason("no-title", file=plan.file)
    more = more_than(plan.title, names)
    assert not more, reason("title-more", file=plan.file, seen=quoted(more))
    assert has_quarter(plan.title, names), reason("title-no-quarter", file=plan.file)
    is_its = is_of(plan.title, names, begins, ends)
    assert is_its, reason("title-other", file=plan.file, begins=str(begins), ends=str(ends))


@pytest.mark.static
@pytest.mark.needs("test_form")
def test_words(plan: Form) -> None:
    """What is told in words says something of its own.

    ja: 言葉で書く欄に、それぞれの中身がある。
    """
    told = {name: (line, names) for name, line, names in _told(plan)}
    for name, least in PROSE.items():
        line, names = told[name]
        is_anybody = name != "readers" or plain(line.text).strip(" .。") not in NOBODY - {""}
        assert is_anybody, reason("no-reader", line=line.number, seen=quoted(line.text))
        says(line, label(names), least)
    lines = [line for line, _ in told.values()]
    same = same_as_before([line.text for line in lines])
    assert same is None, reason("same", line=lines[same or 0].number)


def _told(plan: Form) -> list[tuple[str, Line, tuple[str, ...]]]:
    """Give the fields that are told in words, with their names."""
    parts = ((plan.lists["deep"], DEEP), (plan.lists["next"], NEXT), (plan.lists["others"], OTHERS))
    return [(name, fields[name], names[name]) for fields, names in parts for name in names if name in PROSE]


def says(line: Line, row: str, least: int) -> None:
    """Fail where a field is too short, only fills its place, or is the form's or the example's."""
    said = plain(line.text).strip(" .。")
    seen = max(length(line.text), any(map(str.isalpha, said)))
    assert said, reason("empty", line=line.number, row=row)
    assert said not in NOBODY, reason("says-nothing", line=line.number, row=row, seen=quoted(line.text))
    words = "1 word" if least == 1 else f"{least} words"
    assert seen >= least, reason("short", line=line.number, row=row, seen=seen, least=least, words=words)
    assert not is_babble(line.text), reason("babble", line=line.number, row=row)
    assert not is_put_off(line.text), reason("put-off", line=line.number, row=row)
    assert not is_copied(line.text, FORM), reason("copied", line=line.number, row=row)
    is_signes = is_copied(line.text, EXAMPLE) or is_near_copy(line.text, SIGNES)
    assert not is_signes, reason("signes", line=line.number, row=row)
