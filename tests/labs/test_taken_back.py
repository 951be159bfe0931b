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
def design() -> Iterator[Any]:
    with modules_of(
        PAPER, paths.ROOT / "graders/design-for-others", paths.ROOT / "labs/design-for-others/images/records"
    ) as load:
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
    ("cell", "fact", "is_back"),
    [
        ("32 reports (as of Monday)", "at_once", False),
        ("10,240 bytes (10 KB)", "largest", False),
        ("4 h 0 min (240)", "oldest", False),
        ("2 h (120 minutes)", "borne", False),
        ("32 (or 24)", "at_once", True),
        ("32 (24)", "at_once", True),
        ("8497 (or 8884)", "port", True),
        ("2 (perhaps 3)", "nights", True),
        ("2 (4 h)", "borne", True),
        ("10 KB (12 KB)", "largest", True),
    ],
)
def test_a_bracket_beside_a_fact_explains_it(design: Any, cell: str, fact: str, is_back: bool) -> None:
    assert bool(design("values").taken_back(cell, fact)) == is_back


@pytest.mark.parametrize(
    ("cell", "is_another"),
    [
        ("ferry (as of Monday)", False),
        ("`http://registry:9278`", False),
        ("registry:9278 (in the unit)", False),
        ("ferry (or another)", True),
        ("ferry (beach)", True),
        ("registry:9278 (or 9279)", True),
        ("registry:9278 (9279)", True),
    ],
)
def test_a_word_has_no_other_beside_it(design: Any, cell: str, is_another: bool) -> None:
    assert bool(design("values").another(cell, {"beach"})) == is_another


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("Stale: it goes on with those it knew", "stale"),
        ("waits, and sends later", "waits"),
        ("refuses: it can't check them", "refuses"),
        ("止まる。10分以内に終わる", "stops"),
        ("stops, unless it waits", ""),
        ("stops, perhaps", ""),
        ("stops, or not", ""),
    ],
)
def test_an_effect_is_one(design: Any, cell: str, wanted: str) -> None:
    assert design("values").one_of(cell, design("words").EFFECTS) == wanted


@pytest.mark.parametrize(
    ("cell", "is_plain"),
    [
        ("INC-89", True),
        ("incident INC-89 (nobody noticed)", True),
        ("INC-89, and never since", True),
        ("-", True),
        ("なし", True),
        ("no record: INC-89", False),
        ("not INC-89", False),
        ("perhaps INC-89", False),
        ("INC-89 (did not happen)", False),
        ("INC-89（無関係）", False),
    ],
)
def test_an_incident_is_not_denied_beside_its_number(design: Any, cell: str, is_plain: bool) -> None:
    assert design("values").cites_plainly(cell) == is_plain


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
    ("cell", "is_open"),
    [
        ("override.conf (wins over tally.service)", False),
        ("docks.json (those that are not closed)", False),
        ("tally.py (default; no file sets it)", False),
        ("chat.txt (not README)", True),
        ("not tally.service", True),
        ("tally.toml (or the unit)", True),
        ("chat.txt（たぶん）", True),
    ],
)
def test_a_place_is_where_something_is_set(design: Any, cell: str, is_open: bool) -> None:
    assert design("values").is_place_open(cell) == is_open


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
