"""Lint warns of labs that strangers have not examined to the end, and refuses a file that it can't read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.errors import Exit
from kikori.lint import Findings, lint
from kikori.lint.rule import Warns, rules
from terminal_user import Kikori

from .spoiling import GRADER, Spoil, hold, name

pytestmark = pytest.mark.slow

ROUNDS = f"{GRADER}/rounds.toml"
WARNS = "two-rounds-without-surprise"
SOMETIMES = [
    "course-drawn", "hardening-written-twice", "debrief-for-each-fault", "module-complete", "size-measured", WARNS,
    "workspace-has-a-history", "two-decoys",
]  # fmt: skip
"""Rules of what a lab may lack for a while."""
QUIET = "[[round]]\nday = 2026-01-31\nright = 3\nwrong = 6\nsurprises = []\n"
SURPRISE = QUIET.replace("[]", '[{ case = "a page of another name passed", mended = "its text is read" }]')


def look(content: Path, text: str = "") -> Findings:
    if text:
        (content / ROUNDS).write_text(text, encoding="utf-8")
    return lint(Catalog([content]), ["first-look"], tool=None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no blind round was held"),
        (QUIET, "1 of 2 rounds in a row without a surprise"),
        (SURPRISE, "0 of 2 rounds in a row without a surprise"),
        (QUIET * 3 + SURPRISE, "0 of 2 rounds in a row without a surprise"),
        (QUIET * 3 + SURPRISE + QUIET, "1 of 2 rounds in a row without a surprise"),
    ],
)
def test_a_lab_is_warned_of_until_two_rounds_had_no_surprise(content: Path, text: str, said: str) -> None:
    found = look(content, text)
    assert (found.findings, found.exit_code) == ((), Exit.DONE)
    (one,) = found.warnings
    assert (one.rule, one.lab, one.file, one.message) == (WARNS, "first-look", str(content / ROUNDS), said)
    assert one.fix == f"hold a blind round and add it to {content / ROUNDS} (docs/author.md says how)"


@pytest.mark.parametrize("text", [QUIET * 2, SURPRISE * 2 + QUIET * 2])
def test_two_rounds_without_surprise_are_enough(content: Path, text: str) -> None:
    found = look(content, text)
    assert (found.findings, found.warnings) == ((), ())


SPOILS = [
    Spoil("rounds-well-formed", ROUNDS, None, QUIET.replace("wrong", "worng"), "Did you mean 'wrong'?", at="worng"),
    Spoil("rounds-well-formed", ROUNDS, None, QUIET.replace("6", "'six'"), "[[round]] with day, right, wrong"),
    Spoil("rounds-well-formed", ROUNDS, None, "[[round", "[[round]] with day, right, wrong"),
]


@pytest.mark.parametrize("spoil", SPOILS, ids=name)
def test_a_file_that_breaks_the_format_is_a_finding_and_no_warning(content: Path, spoil: Spoil) -> None:
    hold(content, spoil)
    found = look(content)
    assert (found.warnings, found.exit_code) == ((), Exit.CHECK_FAILED)


def test_eight_rules_warn_and_no_other() -> None:
    assert {one.id for one in rules().values() if one.warns is Warns.ALWAYS} == {*SOMETIMES}


@pytest.fixture
def own(content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A second content root, whose lab was never examined."""
    for part in ("labs", "graders"):
        (content / part / "first-look").rename(content / part / "second-look")
    file = content / "labs/second-look/compose.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("kikori/first-look", "kikori/second-look"), encoding="utf-8")
    monkeypatch.setenv("KIKORI_CONTENT", str(content))
    return content / "graders/second-look/rounds.toml"


@pytest.mark.slow
def test_a_warning_is_printed_and_counted_and_no_failure(kikori: Kikori, own: Path, own_places: Path) -> None:
    said = kikori("lab", "lint", "second-look")
    assert said.returncode == 0
    file = own.relative_to(own_places)
    assert said.stdout.splitlines()[:4] == [
        "second-look",
        f"  {file}  [{WARNS}]  warning",
        "    no blind round was held",
        f"    → hold a blind round and add it to {file} (docs/author.md says how)",
    ]
    assert f"second-look, {len(rules())} rules: no finding, 1 warning\n" in said.stdout
    assert said.stdout.endswith("Next: ./kikori lab prove second-look\n")


@pytest.mark.slow
def test_json_has_the_warning_beside_the_findings(kikori: Kikori, own: Path) -> None:
    said = kikori("lab", "lint", "second-look", "--json")
    assert said.returncode == 0
    told = json.loads(said.stdout)
    assert told["findings"] == []
    assert [(one["rule"], one["file"]) for one in told["warnings"]] == [(WARNS, str(own))]
