"""What instructors alone read: the key of a lab, marked samples, notes for the discussion."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.content.lessons.instructor_notes import FORM, section
from kikori.content.rubric import rubric_of
from kikori.content.samples import samples_of
from kikori.errors import KikoriError
from kikori.model import Module
from kikori.review.guide import guide
from kikori.review.marks import Level
from kikori.settings import Lang

SHORT = re.compile(r"^\d\. \*\*(.+?)\*\*", re.MULTILINE)
MODULES = [module for course in Catalog().courses() for module in course.modules]
DISCUSS = {"en": "\n## To discuss\n", "ja": "\n## 話し合おう\n"}
CALCULATE = {"en": "\n## Work it out\n", "ja": "\n## 計算してみよう\n"}


def names(module: Module) -> str:
    return f"{module.course}/{module.id}"


def test_samples_come_before_what_was_given_for_them() -> None:
    told = guide("first-look", Catalog(), "en").markdown
    first, second = (told.index(sample.title.en) for sample in samples_of(Catalog().lab("first-look").graders)[:2])
    written = [sample.answers["why"].en.strip() for sample in samples_of(Catalog().lab("first-look").graders)]
    assert max(told.index(text) for text in written) < first < second
    assert "# Instructor's notes" in told


@pytest.mark.slow
def test_a_module_tells_of_its_lab_too() -> None:
    told = guide("linux/sockets-and-buffers", Catalog(), "ja").markdown
    assert told.startswith("# 採点の鍵")
    assert "# 講師用ノート" in told


def test_a_name_that_is_neither_is_told_with_the_nearest() -> None:
    with pytest.raises(KikoriError, match="half-opn") as caught:
        guide("half-opn", Catalog(), "en")
    assert caught.value.hint == "Did you mean 'half-open'?"


def test_a_course_is_told_with_one_of_its_modules() -> None:
    with pytest.raises(KikoriError) as caught:
        guide("linux", Catalog(), "en")
    assert caught.value.hint == "kikori review guide linux/processes"


def test_samples_that_cannot_be_read_break_no_page(tmp_path: Path) -> None:
    (tmp_path / "samples.toml").write_text("[[samples]\n")
    assert samples_of(tmp_path) == ()


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("module", MODULES, ids=names)
def test_each_module_of_ours_has_a_calculation_and_notes_on_what_it_discusses(module: Module, lang: Lang) -> None:
    page = (module.folder / f"why-again{'.ja' * (lang == 'ja')}.md").read_text(encoding="utf-8")
    calculation = page.partition(CALCULATE[lang])[2].partition("\n## ")[0]
    assert calculation.count('\n??? example "') == 1
    discussed = [name.rstrip(".。") for name in SHORT.findall(page.partition(DISCUSS[lang])[2].partition("\n## ")[0])]
    assert len(discussed) == 2
    notes = section(module.instructor(lang), FORM[lang][-2])
    assert re.findall(r"^### (.+)$", notes, re.MULTILINE) == discussed
    assert page.count("\n??? question ") == 5


@pytest.mark.slow
@pytest.mark.parametrize("course", sorted({lab.about.course for lab in Catalog().labs()}))
def test_each_course_of_ours_has_three_samples_that_differ(course: str) -> None:
    labs = [lab for lab in Catalog().labs() if lab.about.course == course and samples_of(lab.graders)]
    assert labs
    for lab in labs:
        rubric = rubric_of(lab.graders / "rubric.toml")
        assert rubric
        totals = [
            sum(Level(mark.level).points(one) for one in rubric.criteria if (mark := sample.mark(one.id)))
            for sample in samples_of(lab.graders)
        ]
        assert len(set(totals)) == len(totals) >= 3
