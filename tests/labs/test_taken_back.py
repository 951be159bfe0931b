"""What stands beside a name or a day of a post-mortem: what explains it, and what takes it back. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kikori import paths
from lab_modules import modules_of

PAPER = paths.ROOT / "labs" / "_images" / "paper"


@pytest.fixture
def grader() -> Iterator[Any]:
    with modules_of(PAPER, paths.ROOT / "graders" / "postmortem") as load:
        yield load


@pytest.mark.parametrize(
    "cell",
    [
        "the rota of four (not asked)",
        "the rota of four, if they agree",
        "whoever Haruka thinks of next week",
        "Haruka (Tomasz decided)",
        "Haruka perhaps",
        "Jun or perhaps Mei",
        "Haruka, once she has the time",
        "the lead of billing (I decide)",
        "SRE (payments decided)",
        "the director (if she agrees)",
        "reports (or not)",
        "bicycles (not told)",
        "ジュン（頼んでいない）",
        "当番の4人、同意があれば",
        "ハルカ（トマシュが決めた）",
        "ハルカかもしれない",
    ],
)
def test_a_name_is_taken_back(grader: Any, cell: str) -> None:
    assert grader("doubts").is_taken_back(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "Haruka, who tells me if it is too large",
        "Haruka; if she is away, Tomasz",
        "bicycles; if nobody answers within 10 min, servers",
        "the rota; I decide who takes which week",
        "Ayumi; whether it goes on, I decide that in November",
        "whoever is on call for taxis",
        "nobody; the report ends, and whoever misses it asks me",
        "the dairy's two developers, if need be with their lead",
        "whoever leads the milk tanks, and not I",
        "nobody: it ends (no one has read it since June)",
        "Haruka (she decided it in May)",
        "Haruka, not asked yet by anybody else",
        "the counter (which heard a no to its gate) and bicycles",
        "Tomasz, who wanted two days to decide, and said yes on 3 May",
        "ハルカ。大きすぎれば、そう言ってくれる",
        "当番の4人（順番は未定）",
        "ジュン（先月頼み、やりたいと言った）",
        "サーバーの当番（クラモトかアキ）",
    ],
)
def test_what_is_told_of_somebody_takes_no_name_back(grader: Any, cell: str) -> None:
    assert not grader("doubts").is_taken_back(cell)


@pytest.mark.parametrize(
    ("answer", "is_open"),
    [
        ("yes, as an exception until the end of the quarter", False),
        ("yes, perhaps with two of us", False),
        ("yes, as long as the quarter lasts", False),
        ("はい。来期にもう一度見直す", False),
        ("yes, if sales agrees", True),
        ("yes, perhaps", True),
        ("はい、営業が同意すれば", True),
    ],
)
def test_a_yes_on_a_condition_is_none(grader: Any, answer: str, is_open: bool) -> None:
    doubts = grader("doubts")
    assert (doubts.has_condition(answer) or doubts.has_doubt(answer)) == is_open


@pytest.mark.parametrize(
    ("text", "is_back"),
    [
        ("2026-06-12, not later", False),
        ("no later than 2026-06-12", False),
        ("the first of each is not counted", False),
        ("2026-06-12 or never", True),
        ("not in June", True),
    ],
)
def test_a_bound_takes_nothing_back(grader: Any, text: str, is_back: bool) -> None:
    assert grader("asides").is_unsettled(text) == is_back
