"""The rules of what accompanies lessons: cards, notes, people, and what a module lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from complete_module import CAST, NOTES, NOTES_JA, STORY, longest_card
from kikori.content import Catalog
from kikori.lint import Finding, lint

from .spoiling import look

pytestmark = pytest.mark.slow

MODULE = "courses/start-here/how-to-learn"


@pytest.fixture
def whole(content: Path) -> Path:
    """A content root whose first module lacks nothing; gives that module's folder."""
    folder = content / MODULE
    (folder / "card.toml").write_text(longest_card())
    toml = (folder / "module.toml").read_text(encoding="utf-8").partition("[[read_next]]")[0].partition("[story]")[0]
    (folder / "module.toml").write_text(f"{toml}\n{STORY}", encoding="utf-8")
    (folder / "instructor.md").write_text(NOTES)
    (folder / "instructor.ja.md").write_text(NOTES_JA)
    return folder


def told(content: Path, rule: str) -> list[Finding]:
    found = lint(Catalog([content]), tool=None)
    return [one for one in (*found.findings, *found.warnings) if one.rule == rule]


def lacking(whole: Path) -> list[str]:
    return [one.message for one in told(whole.parents[2], "module-complete") if one.file == str(whole)]


def test_a_module_with_everything_lacks_nothing(whole: Path) -> None:
    assert lacking(whole) == []
    assert look(whole.parents[2]) == ()


def test_what_a_module_lacks_is_one_warning(whole: Path) -> None:
    (whole / "card.toml").unlink()
    (whole / "instructor.ja.md").unlink()
    toml = (whole / "module.toml").read_text(encoding="utf-8")
    (whole / "module.toml").write_text(toml.partition("[story]")[0], encoding="utf-8")
    (whole / "instructor.md").write_text(NOTES.replace("## Aim\n", "").replace("## What to cut\n", ""))
    (said,) = lacking(whole)
    assert said == (
        "start-here/how-to-learn lacks card.toml; [story] in module.toml; "
        'a [[read_next]] with language = "en"; instructor.md: Aim, What to cut; a [[read_next]] with language = "ja"; '
        "instructor.ja.md: 講師用ノート, ねらい, 5分の導入, つまずくところ, 板書の図, 話し合う, 削るなら"
    )
    assert look(whole.parents[2]) == (), "a module may lack it for a while"


@pytest.mark.parametrize(
    ("old", "new", "times", "said"),
    [
        ("[[commands]]", "[[command]]", 1, "command"),
        ("the holder waits", "One. Two. Waits ", 1, "the model has 5 sentences (en)"),
        ("。", "", 2, "the model has 1 sentences (ja)"),
    ],
)
def test_a_card_out_of_form_is_found(whole: Path, old: str, new: str, times: int, said: str) -> None:
    card = whole / "card.toml"
    card.write_text(card.read_text(encoding="utf-8").replace(old, new, times), encoding="utf-8")
    (one,) = look(whole.parents[2])
    assert (one.rule, one.file) == ("card-in-form", str(card))
    assert said in one.message


@pytest.mark.parametrize(
    ("page", "old", "new"),
    [("instructor.md", "## Aim", "## Aims"), ("instructor.ja.md", "## 削るなら", "## ねらい")],
)
def test_notes_out_of_form_are_found(whole: Path, page: str, old: str, new: str) -> None:
    file = whole / page
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    (one,) = look(whole.parents[2])
    assert (one.rule, one.file) == ("notes-in-form", str(file))
    assert new in one.message


def write_cast(whole: Path, module: str, name: str = "Runar", ja: str = "ルナル") -> Path:
    file = whole.parents[1] / "cast.toml"
    text = CAST.replace("knots/bowline", module).replace('"Rin"', f'"{name}"').replace('"リン"', f'"{ja}"')
    file.write_text(text, encoding="utf-8")
    return file


def add(page: Path, words: str) -> None:
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{words}\n", encoding="utf-8")


def test_a_person_of_a_module_is_named_in_both_languages(whole: Path) -> None:
    write_cast(whole, "start-here/how-to-learn")
    add(whole / "why-again.md", "Runar waves.")
    (one,) = look(whole.parents[2])
    assert (one.rule, one.file) == ("cast-agrees", str(whole))
    assert one.message == "ルナル is in no lesson of start-here/how-to-learn (ja)"
    add(whole / "why.ja.md", "ルナルが手を振る。")
    assert look(whole.parents[2]) == ()


def test_a_person_of_another_module_is_found(whole: Path) -> None:
    write_cast(whole, "start-here/home-server")
    other = whole.parent / "home-server"
    add(other / "why.md", "Runar waves.")
    add(other / "why.ja.md", "ルナルが手を振る。")
    add(whole / "how.md", "Runarsson waves.\n\n```text\nRunar\n```\n")
    add(whole / "how.ja.md", "ルナルソンと、ールナル。")
    assert look(whole.parents[2]) == ()
    add(whole / "how.md", "Runar's wave.")
    (one,) = look(whole.parents[2])
    assert (one.rule, one.file) == ("cast-agrees", str(whole / "how.md"))


def test_a_module_that_is_not_there_is_told_with_the_nearest(whole: Path) -> None:
    file = write_cast(whole, "start-here/how-to-lern")
    (one,) = look(whole.parents[2])
    assert (one.rule, one.file, one.fix) == ("cast-agrees", str(file), "Did you mean 'start-here/how-to-learn'?")


def test_a_cast_out_of_form_is_found(whole: Path) -> None:
    file = write_cast(whole, "start-here/home-server")
    file.write_text(file.read_text(encoding="utf-8").replace("role", "rol"), encoding="utf-8")
    (one,) = look(whole.parents[2])
    assert one.rule == "cast-agrees"
    assert one.file == str(file)
