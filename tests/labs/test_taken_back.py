"""What stands beside a value of a written form: what explains it, and what takes it back. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from kikori import paths
from lab_modules import modules_of

PAPER = paths.ROOT / "labs" / "_images" / "paper"
FIRST = date(2027, 4, 5)


@pytest.fixture
def form() -> Iterator[Any]:
    with modules_of(PAPER) as load:
        yield lambda name: load(f"filled_form.{name}")


@pytest.fixture
def growth() -> Iterator[Any]:
    with modules_of(PAPER, paths.ROOT / "graders/growth-plan", paths.ROOT / "labs/growth-plan/images/desk") as load:
        yield load


@pytest.mark.parametrize(
    ("cell", "is_day"),
    [
        ("by 14 May at the latest", True),
        ("2027-05-14 (a Friday)", True),
        ("2027-07-02 (Haruka is back from leave then)", True),
        ("Friday, 14 May 2027", True),
        ("the quarter's last day, 2027-07-02", True),
        ("期限 5月7日（金）", True),
        ("2027-05-07 or never", False),
        ("not 2027-05-07", False),
        ("2027-05-07 (or later)", False),
        ("2027-05-07, if Haruka has time", False),
        ("5 or 6 May", False),
        ("5月7日以降", False),
        ("5月7日ではない", False),
        ("5月7日（たぶん）", False),
    ],
)
def test_a_day_stands_alone(form: Any, cell: str, is_day: bool) -> None:
    assert bool(form("day_alone").day_alone(cell, FIRST)) == is_day


@pytest.mark.parametrize(
    ("cell", "row", "is_back"),
    [
        ("98 h (14 weeks)", "planned", False),
        ("62 h (24 + 5 + 33 = 62)", "planned", False),
        ("58 h (58)", "planned", False),
        ("58 h (60 perhaps)", "planned", True),
        ("58 h (60 h)", "planned", True),
        ("29 (all but the first of each)", "again", False),
        ("29（最初の1回は数えない）", "again", False),
        ("29 (the first of each is not counted)", "again", False),
        ("29 (not sure)", "again", True),
        ("38 (8 problems)", "occasions", False),
        ("38 (or 37)", "occasions", True),
        ("38（または37）", "occasions", True),
        ("38 (in truth 37)", "occasions", True),
    ],
)
def test_a_bracket_beside_hours_and_counts_explains_them(growth: Any, cell: str, row: str, is_back: bool) -> None:
    words = growth("words")
    names = {**words.YEAR, **words.SUM}[row]
    assert bool(growth("values").taken_back(cell, names)) == is_back


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
def test_a_name_is_taken_back(form: Any, cell: str) -> None:
    assert form("doubts").is_taken_back(cell)


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
def test_what_is_told_of_somebody_takes_no_name_back(form: Any, cell: str) -> None:
    assert not form("doubts").is_taken_back(cell)


@pytest.mark.parametrize(
    "text",
    [
        "nobody could say in this meeting, so it is left open for now",
        "nobody could say in this meeting, so M1 is left open for now",
        "We talk about it again when somebody has the time for it",
        "something that the lead of billing will propose in August",
        "an indicator that Ines will propose in August",
        "この会議では誰も言えなかったので、保留とする",
        "8月に請求のリーダーが提案するもの",
    ],
)
def test_a_text_that_only_postpones_is_put_off(form: Any, text: str) -> None:
    assert form("postponed").is_put_off(text, 3)


@pytest.mark.parametrize(
    "text",
    [
        "no order is still open after a week",
        "when both leads have seen no bill missing for eight weeks",
        "Run `tally-prune` and look again at `tally_disk_free_megabytes`",
        "Wait until the token service is back, and wake whoever runs that",
        "docks keep their reports until the token service is back",
        "Nobody could find the cause so far, and it comes back every week",
        "We talk about it each Friday, and the list is empty",
        "what we will decide by is one graph at the desk",
        "保留の注文が一覧に一つもない",
        "後で確認できるようにログを残す",
        "原因が分かるまで、誰も変えない",
    ],
)
def test_what_waits_or_is_open_is_not_put_off(form: Any, text: str) -> None:
    assert not form("postponed").is_put_off(text, 6)


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
def test_a_yes_on_a_condition_is_none(form: Any, answer: str, is_open: bool) -> None:
    doubts = form("doubts")
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
def test_a_bound_takes_nothing_back(form: Any, text: str, is_back: bool) -> None:
    assert form("asides").is_unsettled(text) == is_back
