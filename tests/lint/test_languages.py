"""The rules of languages: both there, both originals, alike in structure."""

from __future__ import annotations

from pathlib import Path

import pytest

from kikori.lint.subjects.page_structure import differences

from .spoiling import GRADER, LAB, Spoil, hold, look, name

TOML = f"{LAB}/lab.toml"
RUBRIC = f"{GRADER}/rubric.toml"

SPOILS = [
    Spoil("same-structure", f"{LAB}/task.ja.md", "使えるもの:", "## 使えるもの\n", "make task.ja.md and task.md alike"),
    Spoil("same-structure", f"{LAB}/task.ja.md", "使えるもの:", "```sh\nls\n```\n\n使えるもの:", "make task.ja.md"),
    Spoil("same-structure", f"{LAB}/debrief.ja.md", "# 何が起きていたのか", "何が起きていたのか", "make debrief.ja.md"),
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


def test_difference_says_what_each_language_has() -> None:
    assert list(differences("# a\n\n[x](y)\n", "## a\n\n[x](z)\n")) == [
        ("headings", "1 in English, 2 in Japanese"),
        ("links", "y in English, z in Japanese"),
    ]
