"""The words that graders are written with."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from string import Formatter

import pytest

from kikori.grading import Answer, eventually, quoted, reasons, say


@pytest.mark.parametrize(("lang", "expected"), [("en", "axe"), ("ja", "斧")])
def test_reason_is_said_in_the_learners_language(monkeypatch: pytest.MonkeyPatch, lang: str, expected: str) -> None:
    monkeypatch.setenv("KIKORI_LANG", lang)
    assert say("axe", "斧") == expected


WHOLE = ("d", "o", "x", "X")
"""How a reason writes a number that has no fraction."""
GRADERS = Path(__file__).resolve().parents[2] / "graders"
TABLE = """
[missing]
en = "{count:.1f} files are missing: {names}"
ja = "{names} の {count:.1f} 個が足りません"
[begun]
en = "only {{en}}"
"""


@pytest.mark.parametrize(
    ("lang", "missing"), [("en", "2.0 files are missing: a, b"), ("ja", "a、b の 2.0 個が足りません")]
)
def test_reasons_stand_in_a_table_beside_the_grader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, missing: str
) -> None:
    monkeypatch.setenv("KIKORI_LANG", lang)
    (tmp_path / "reasons.toml").write_text(TABLE, encoding="utf-8")
    reason = reasons(str(tmp_path / "test_files.py"))
    assert reason("missing", count=2, names=(name for name in "ab")) == missing
    assert reason("missing", count=0, names=[]).count("-") == 1
    assert reason("begun") == "only {en}"


@pytest.mark.parametrize("table", sorted(GRADERS.glob("*/reasons.toml")), ids=lambda path: path.parent.name)
def test_numbers_in_the_labs_reasons_can_be_written_as_they_ask(table: Path) -> None:
    for name, texts in tomllib.loads(table.read_text(encoding="utf-8")).items():
        for lang, text in texts.items():
            for _, place, how, _ in Formatter().parse(text):
                assert not how or format(1 if how.endswith(WHOLE) else 0.5, how), (name, lang, place)


@pytest.mark.parametrize(("lang", "marks"), [("en", '""'), ("ja", "「」")])
def test_what_was_seen_is_quoted_on_one_line(monkeypatch: pytest.MonkeyPatch, lang: str, marks: str) -> None:
    monkeypatch.setenv("KIKORI_LANG", lang)
    assert quoted(" a\n b\x1b[2J'\t ") == f"{marks[0]}a b�[2J'{marks[1]}"
    assert quoted("x" * 90, 3) == f"{marks[0]}xxx{marks[1]}"


@pytest.fixture
def looks() -> Iterator[int]:
    return count()


def test_look_is_repeated_until_what_is_wanted_is_seen(looks: Iterator[int]) -> None:
    assert eventually(lambda: next(looks), lambda seen: seen == 3, every=0) == 3


def test_look_that_sees_it_at_once_is_not_repeated(looks: Iterator[int]) -> None:
    eventually(lambda: next(looks), lambda seen: True)
    assert next(looks) == 1


def test_looking_has_an_end_and_gives_the_last_look(looks: Iterator[int]) -> None:
    began = time.monotonic()
    assert eventually(lambda: next(looks), lambda seen: False, within=0.02, every=0.001) > 0
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(status=404, text="<html>"), "status 404"),
        (Answer(status=0, text="connection refused"), "no answer (connection refused)"),
    ],
)
def test_answer_is_said_in_short(answer: Answer, said: str) -> None:
    assert str(answer) == said
