"""The rules of debriefs: one for each fault, which tells its own cause and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.content.diagnoses import diagnoses
from kikori.lint import lint

from .spoiling import LAB, Spoil, hold, look, name

TOML = f"{LAB}/lab.toml"
CLOSED = f"{LAB}/faults/closed-page"
CAUSE = "{{ cause }}"

SPOILS = [
    Spoil("diagnosis-known", TOML, '"no-permission"', '"closed"', "with a name", at="closed-page"),
    Spoil("diagnosis-known", TOML, 'diagnosis = "no-permission"\n', "", "with a name", at="closed-page"),
    Spoil("debrief-tells-its-cause", f"{CLOSED}/debrief.md", CAUSE, "It was closed.", "where it comes"),
    Spoil(
        "debrief-tells-its-cause",
        f"{LAB}/debrief.ja.md",
        "。\n",
        f"。{CAUSE}\n",
        "take",
        at=CAUSE,
    ),
    Spoil(
        "debrief-keeps-secrets", f"{CLOSED}/debrief.md", "## The stop-gap\n", "## The stop-gap\n\nSee half-edit.\n",
        "compared", at="half-edit",
    ),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("spoil", SPOILS, ids=name)
def test_break_is_found_and_nothing_else(content: Path, spoil: Spoil) -> None:
    hold(content, spoil)


def test_page_without_a_transcript_is_found(content: Path) -> None:
    for page in (content / CLOSED).glob("debrief*.md"):
        page.write_text(page.read_text(encoding="utf-8").replace("```console", "```text"), encoding="utf-8")
    assert [one.rule for one in look(content)] == ["debrief-tells-its-cause"] * 2


def test_words_of_another_cause_are_found(content: Path) -> None:
    page = content / CLOSED / "debrief.md"
    other = Catalog([content]).lab("first-look").faults["missing-page"].about.cause.en
    page.write_text(page.read_text(encoding="utf-8") + f"\n{other}\n", encoding="utf-8")
    (one,) = look(content)
    assert (one.rule, "tells of missing-page" in one.message) == ("debrief-keeps-secrets", True)


def test_fault_without_a_debrief_is_a_warning(content: Path) -> None:
    for page in (content / CLOSED).glob("debrief*.md"):
        page.unlink()
    seen = lint(Catalog([content]), ["first-look"], tool=None)
    assert seen.findings == ()
    assert "debrief-for-each-fault" in [one.rule for one in seen.warnings]


@pytest.mark.slow
def test_causes_are_many_and_each_fault_has_one_that_others_share_the_list_with() -> None:
    named = {fault.about.diagnosis for lab in Catalog().labs() for fault in lab.faults.values() if not fault.parts}
    assert named < diagnoses().keys()
    assert 2 * len(named) <= len(diagnoses()), "a list of little but the labs' own causes is an answer sheet"
    assert all(text.ja for text in diagnoses().values())


@pytest.mark.parametrize("lab", [lab.id for lab in Catalog().labs() if lab.faults])
def test_each_fault_of_ours_has_a_debrief(lab: str) -> None:
    for fault in Catalog().lab(lab).faults.values():
        for lang, questions, answers in (("en", "## Questions", "### Answers"), ("ja", "## 考えてみよう", "### 答え")):
            page = fault.debrief(lang)
            assert page, fault.id
            asked = page.read_text(encoding="utf-8").partition(f"\n{questions}\n")[2].split(f"\n{answers}\n")
            assert [part.count("\n1. ") for part in asked] == [1, 1], page
