"""The rules of languages: both there, both originals, alike in structure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.lint import lint
from kikori.lint.subjects.page_structure import differences

from .spoiling import GRADER, LAB, Spoil, hold, look, name

pytestmark = pytest.mark.slow

TOML = f"{LAB}/lab.toml"
RUBRIC = f"{GRADER}/rubric.toml"

SPOILS = [
    Spoil("same-structure", f"{LAB}/task.ja.md", "使えるもの:", "## 使えるもの\n", "make task.ja.md and task.md alike"),
    Spoil("same-structure", f"{LAB}/task.ja.md", "使えるもの:", "```sh\nls\n```\n\n使えるもの:", "make task.ja.md"),
    Spoil(
        "same-structure",
        f"{LAB}/debrief.ja.md",
        "# すべての障害に共通すること",
        "すべての障害に共通すること",
        "make debrief.ja.md",
    ),
    Spoil(
        "same-structure",
        f"{LAB}/debrief.md",
        "# What",
        "## What",
        "make debrief.ja.md",
        found_in=f"{LAB}/debrief.ja.md",
    ),
    Spoil(
        "japanese-page",
        f"{LAB}/task.ja.md",
        "使えるもの:",
        "Nobody else is on duty. The timetable is one page on one small web server, and you have a shell on it.",
        "Japanese",
        at="Nobody else",
    ),
    Spoil("japanese-text", TOML, 'ja = "はじめの一歩"', 'ja = "First look"', "Japanese", at='ja = "First look"'),
    Spoil(
        "japanese-text",
        TOML,
        'ja = "何を変えたか。それで直るのはなぜか。"',
        'ja = "What and why?"',
        "Japanese",
        at="What and why?",
    ),
    Spoil(
        "japanese-text",
        RUBRIC,
        'ja = "証拠が原因につながっている"',
        'ja = "evidence"',
        "Japanese",
        at='ja = "evidence"',
    ),
    Spoil("japanese-page-there", f"{LAB}/debrief.ja.md", "", None, "in Japanese"),
    Spoil("japanese-text-there", TOML, 'ja = "はじめの一歩"', "", "beside title.en", at='en = "First look"'),
    Spoil("english-text", TOML, 'en = "First look"', 'en = "はじめの一歩"', "English", at="en ="),
    Spoil(
        "english-text",
        RUBRIC,
        'en = "The evidence leads to the cause"',
        'en = "証拠が原因につながっている"',
        "English",
        at="en =",
    ),
]


@pytest.mark.parametrize("spoil", SPOILS, ids=name)
def test_break_is_found_and_nothing_else(content: Path, spoil: Spoil) -> None:
    hold(content, spoil)


def test_a_japanese_word_in_english_is_no_fault(content: Path) -> None:
    Spoil("", TOML, 'en = "First look"', 'en = "First look (木こり)"', "").carry_out(content)
    assert look(content) == ()


def without_japanese(content: Path) -> None:
    """Take what is Japanese out of the lab and its grader, as if it had been begun in English."""
    for page in ("task", "debrief"):
        (content / LAB / f"{page}.ja.md").unlink()
    for file in (content / TOML, content / RUBRIC):
        file.write_text(re.sub(r', ja = "[^"]*"|^ja = ".*"$', "", file.read_text(), flags=re.MULTILINE))
    checks = content / GRADER / "test_timetable.py"
    checks.write_text(re.sub(r"^    ja: .*$", "", checks.read_text(), flags=re.MULTILINE))


def test_a_lab_of_ones_own_may_begin_in_english(content: Path, tmp_path: Path) -> None:
    without_japanese(content)
    found = lint(Catalog([tmp_path / "kikori", content]), ["first-look"], tool=None)
    assert found.findings == ()
    assert {one.rule for one in found.warnings} >= {
        "japanese-page-there",
        "japanese-text-there",
        "check-title-in-japanese",
    }
    told = [one.message for one in found.warnings if one.rule == "japanese-page-there"]
    assert told == ["there is no debrief.ja.md", "there is no task.ja.md"]


def test_a_lab_of_kikoris_own_may_not(content: Path) -> None:
    without_japanese(content)
    found = lint(Catalog([content]), ["first-look"], tool=None)
    assert {one.rule for one in found.findings} >= {
        "japanese-page-there",
        "japanese-text-there",
        "check-title-in-japanese",
    }


def test_difference_says_what_each_language_has() -> None:
    assert list(differences("# a\n\n[x](y)\n", "## a\n\n[x](z)\n")) == [
        ("headings", "1 in English, 2 in Japanese"),
        ("links", "y in English, z in Japanese"),
    ]
