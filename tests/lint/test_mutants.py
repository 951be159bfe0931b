"""Marks on spoiled fixes: each on a mutant that exists, with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.lint import lint
from kikori.prove.mutation.mutants import mutants_of

pytestmark = pytest.mark.slow

MODE = "closed-page/readable-by-the-group/line-3-mode-640-to-644"


def look(content: Path, marks: str) -> list[tuple[str, int | None, str, str]]:
    file = content / "graders/first-look/mutants.toml"
    file.write_text(marks)
    found = lint(Catalog([content]), ["first-look"], tool=None).findings
    assert all((one.rule, one.file) == ("mutants-marked", str(file)) for one in found), found
    return [(one.message, one.line, one.fix, one.lab) for one in found]


def test_a_mark_with_a_reason_on_a_mutant_is_well(content: Path) -> None:
    assert MODE in {mutant.id for mutant in mutants_of(Catalog([content]).lab("first-look"))}
    assert look(content, f'[equal]\n"{MODE}" = "The page is public."\n') == []


def test_a_mark_on_no_mutant_is_told_with_the_nearest(content: Path) -> None:
    ((said, line, mend, lab),) = look(content, f'[equal]\n"{MODE}4" = "The page is public."\n')
    assert said == f"{MODE}4: there is no such mutant (any more)"
    assert (line, mend, lab) == (2, f"Did you mean '{MODE}'?", "first-look")


@pytest.mark.parametrize("marks", [f'[equal]\n"{MODE}" = " "\n', f'[same]\n"{MODE}" = "why"\n', "[equal"])
def test_marks_without_a_reason_or_a_form_are_told(content: Path, marks: str) -> None:
    ((_, _, mend, _),) = look(content, marks)
    assert "[equal]" in mend


def test_a_mark_is_lost_with_the_line_that_it_was_on(content: Path) -> None:
    fix = content / "labs/first-look/faults/closed-page/fixes/readable-by-the-group.sh"
    fix.write_text(fix.read_text().replace("chmod 640", "chmod 440"))
    ((said, *_),) = look(content, f'[equal]\n"{MODE}" = "The page is public."\n')
    assert "there is no such mutant" in said
