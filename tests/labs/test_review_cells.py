"""How quarterly-review reads its cells. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from kikori import paths
from lab_modules import STANDS_ON, Import, modules_of

pytestmark = pytest.mark.stands_on("quarterly-review", code=STANDS_ON)
GRADER = paths.ROOT / "graders" / "quarterly-review"
PLACES = (
    GRADER,
    paths.ROOT / "labs" / "_images" / "paper",
    paths.ROOT / "labs" / "quarterly-review" / "images" / "records",
)


@pytest.fixture(scope="module")
def grader() -> Iterator[Import]:
    with modules_of(*PLACES) as load:
        yield load


@pytest.fixture(scope="module")
def values(grader: Any) -> Any:
    return grader("values")


@pytest.mark.parametrize(
    ("kind", "cell", "wanted"),
    [
        ("sli", "99.81 %", 99.81),
        ("sli", "９９．８１％", 99.81),
        ("sli", "99,81", 99.81),
        ("used", "**450**", 450),
        ("used", "1,166.3 %", 1166.3),
        ("complaints", "18.05", 18.05),
        ("complaints", "18.05件", 18.05),
        ("objectives", "12 objectives", 12),
        ("objectives", "12個", 12),
        ("missed", "2件", 2),
        ("pages", "1 page", 1),
        ("acted", "12件", 12),
        ("pages", "31回。", 31),
        ("acted", "0", 0),
        ("minutes", "45 min", 45),
        ("minutes", "45分", 45),
        ("new", "99.1%", 99.1),
        ("sli", "99.81 ‰", None),
        ("sli", "about 99.81", None),
        ("sli", "99.75 (99.57 with all weeks)", None),
        ("sli", "99.15 (objective 99.5)", None),
        ("complaints", "18.05 %", None),
        ("objectives", "12 minutes", None),
        ("pages", "25 (or 22)", None),
        ("pages", "25（または22）", None),
        ("pages", "25 or so", None),
        ("pages", "25 22", None),
        ("minutes", "1.5 hours", None),
        ("minutes", "45件", None),
        ("floor", "99.94 % at most", None),
        ("new", "99.5 -> 99.0", None),
        ("new", "99.0 from August", None),
        ("new", "98.0 of what is asked for, counted as before", None),
        ("sli", "-", None),
        ("sli", "", None),
    ],
)
def test_a_number_stands_alone_with_the_unit_of_its_column(
    values: Any, kind: str, cell: str, wanted: float | None
) -> None:
    assert values.number(cell, kind) == wanted


@pytest.mark.parametrize(
    ("seen", "value", "places", "is_one"),
    [
        (99.15, 99.1488, 2, True),
        (99.14, 99.1488, 2, True),
        (99.149, 99.1488, 2, True),
        (99.1488, 99.14882, 2, True),
        (99.1, 99.1042, 2, True),
        (99.17, 99.165, 2, True),
        (99.3, 99.3, 2, True),
        (99.89, 99.899, 2, True),
        (170, 170.23, 0, True),
        (171, 170.73, 0, True),
        (170.2, 170.23, 0, True),
        (3, 3.72, 0, True),
        (4, 3.72, 0, True),
        (99.1, 99.1488, 2, False),
        (99.16, 99.1488, 2, False),
        (99.13, 99.1488, 2, False),
        (99.1531, 99.1488, 2, False),
        (99.1587, 99.1488, 2, False),
        (4.3154, 4.3055, 2, False),
        (99.17, 99.1626, 2, False),
        (99.1725, 99.1626, 2, False),
        (99.29, 99.3, 2, False),
        (171, 170.23, 0, False),
        (171.9, 170.23, 0, False),
        (174.4, 172.75, 0, False),
        (3.4, 3.72, 0, False),
        (4.6, 3.72, 0, False),
        (3.79, 2.81, 0, False),
    ],
)
def test_a_number_is_a_value_rounded_or_cut_off(
    values: Any, seen: float, value: float, places: int, is_one: bool
) -> None:
    assert values.is_writing_of(seen, value, places) == is_one


@pytest.mark.parametrize(
    ("kind", "cell", "wanted"),
    [
        ("missed", "十二", "figures"),
        ("missed", "", "figures"),
        ("sli", "99.14882 %", "decimals"),
        ("sli", "1.2.3", "decimals"),
        ("minutes", "80 hours", "unit"),
        ("missed", "2つ", "unit"),
        ("pages", "25 (or 22)", "beside"),
        ("sli", "about 99.15", "beside"),
    ],
)
def test_what_is_no_number_alone_is_told_by_what_is_in_the_way(values: Any, kind: str, cell: str, wanted: str) -> None:
    assert values.number(cell, kind) is None
    assert values.hindrance(cell, kind) == wanted


@pytest.mark.parametrize(("written", "read"), [(4711, 4712), (1000, 4711), (2345, 3100)])
def test_a_review_of_another_quarter_is_told(grader: Import, written: int, read: int) -> None:
    another, quarter = grader("another").is_of_another_quarter, grader("truth").Truth
    review = reviewed(quarter(written))
    assert another(review, quarter(read))
    assert not another(review, quarter(written))
    assert not another(reviewed(quarter(written), off=0.1), quarter(written))
    assert not another(reviewed(quarter(written), records=False), quarter(read))


def reviewed(truth: Any, off: float = 0.0, records: bool = True) -> Any:
    """The SLIs of a quarter, and decisions with the changes and the log for evidence."""
    shares = [(name, f"{truth.sli(name) - off:.2f}" if truth.counted(name).valid else "-") for name in truth.names]
    every = (*truth.quarter.changes, *truth.due)
    cited = [(one.name, one.number if records else "W14-W26") for one in every]
    return SimpleNamespace(
        tables={
            "quarter": [SimpleNamespace(cells={"name": name, "sli": share}) for name, share in shares],
            "decisions": [SimpleNamespace(cells={"name": name, "evidence": number}) for name, number in cited],
        }
    )


@pytest.mark.parametrize(
    ("cell", "is_none"),
    [
        ("-", True),
        ("—", True),
        ("", True),
        ("None.", True),
        ("なし", True),
        ("0", False),
        ("nobody yet", False),
        ("- (both refused)", False),
        ("未定", False),
    ],
)
def test_no_value_is_a_dash(values: Any, cell: str, is_none: bool) -> None:
    assert values.is_none(cell) == is_none


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("2026-10-08", date(2026, 10, 8)),
        ("8 October", date(2026, 10, 8)),
        ("January 14, 2027", date(2027, 1, 14)),
        ("14 January", date(2027, 1, 14)),
        ("2026年10月8日", date(2026, 10, 8)),
        ("30.9.2026", date(2026, 9, 30)),
        ("2026-10-08 or later", None),
        ("not on 2026-10-08", None),
        ("2026-10-08 (if Takumi is back)", None),
        ("2026年10月8日以降", None),
        ("suspended until 2026-10-08", None),
        ("10月8日まで停止", None),
        ("until Christmas", None),
        ("the next review", None),
    ],
)
def test_a_day_stands_alone(values: Any, cell: str, wanted: date | None) -> None:
    assert values.day(cell) == wanted


@pytest.mark.parametrize(
    ("names", "cell", "wanted"),
    [
        ("VERDICTS", "keep", "keep"),
        ("VERDICTS", "**Lower**", "lower"),
        ("VERDICTS", "measure otherwise", "measure"),
        ("VERDICTS", "測り方を変える", "measure"),
        ("VERDICTS", "維持。", "keep"),
        ("PILES", "Retire?", "retire"),
        ("PILES", "廃止？", "retire"),
        ("VERDICTS", "keep, or lower if Paulo agrees", ""),
        ("VERDICTS", "keep, then lower", ""),
        ("VERDICTS", "keep until Paulo agrees to less", ""),
        ("VERDICTS", "keep perhaps", ""),
        ("VERDICTS", "not keep", ""),
        ("VERDICTS", "維持、ただしパウロが同意すれば引き下げ", ""),
        ("PILES", "decide (or renew)", ""),
        ("PILES", "", ""),
    ],
)
def test_a_verdict_or_a_pile_is_one_word_of_the_form(grader: Any, names: str, cell: str, wanted: str) -> None:
    assert grader("values").one_of(cell, getattr(grader("words"), names)) == wanted


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("Takumi", {"takumi"}),
        ("Paulo, Hisae", {"paulo", "hisae"}),
        ("ヒサエ、パウロさん", {"paulo", "hisae"}),
        ("-", set()),
        ("Takumi (owner for printing)", None),
        ("Takumi (Riku decided)", None),
        ("タクミ（リクが決定）", None),
        ("Paulo, Hisae (both refused)", None),
        ("neither Paulo nor Hisae", None),
        ("Takumi?", None),
        ("the meeting", None),
        ("all owners", None),
        ("全員", None),
        ("someone", None),
        ("Wakana", None),
    ],
)
def test_people_are_names_alone(values: Any, cell: str, wanted: set[str] | None) -> None:
    assert values.people(cell) == wanted


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("all owners", {"vera", "ono", "takumi"}),
        ("全責任者、ヒサエ", {"vera", "ono", "takumi", "hisae"}),
        ("Riku", {"riku"}),
        ("none", set()),
        ("Riku, Takumi and Hisae, by mail", None),
        ("Lena (not told), Joji (not told)", None),
        ("nobody yet, Paulo perhaps", None),
        ("whoever Signe thinks of next week", None),
        ("リク（知らせない）", None),
        ("all owners but Vera", None),
    ],
)
def test_those_who_are_told_are_named(values: Any, cell: str, wanted: set[str] | None) -> None:
    assert values.told(cell) == wanted


def test_all_are_told_with_one_word(grader: Any) -> None:
    assert grader("values").told("all") == grader("values").told("全員") == {*grader("words").PEOPLE}


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("C-71", (["C-71"], [])),
        ("inc-340、P-1200, D-26", (["INC-340", "P-1200", "D-26"], [])),
        ("C-71, W19-W22", (["C-71"], [19, 20, 21, 22])),
        ("W18, W30–31, week 5", ([], [18, 30, 31, 5])),
        ("第18週、第20週から第22週", ([], [18, 20, 21, 22])),
        ("weeks 22 to 24", ([], [22, 23, 24])),
        ("W22-W20", None),
        ("changes.csv C-71", None),
        ("no record: C-71", None),
        ("C-71, not C-71", None),
        ("C-71 (did not matter)", None),
        ("INC-342 (says nothing), W14", None),
        ("C-71（無関係）", None),
        ("W18 and W19", None),
        ("C-66 or C-71", None),
        ("the talks", None),
        ("-", None),
    ],
)
def test_evidence_is_records_and_weeks_alone(
    values: Any, cell: str, wanted: tuple[list[str], list[int]] | None
) -> None:
    assert values.evidence(cell) == wanted


@pytest.mark.parametrize(
    ("cell", "is_evidence"),
    [
        ("{closed}", True),
        ("W14-W26", True),
        ("W14, {closed}", True),
        ("W27", False),
        ("W12, W13", False),
        ("W13-W15", False),
        ("{closed}, W27", False),
        ("W26, W12", False),
    ],
)
def test_evidence_is_of_the_quarter(grader: Import, cell: str, is_evidence: bool) -> None:
    truth = grader("truth").Truth(4711)
    name = next(name for name in truth.names if truth.why(name) == {"empty"})
    closed = next(one.number for one in truth.quarter.changes if one.name == name)
    row = SimpleNamespace(line=1, cells={"name": name, "evidence": cell.format(closed=closed)})
    judge, review = grader("test_judgement").test_evidence, SimpleNamespace(tables={"decisions": [row]})
    if is_evidence:
        judge(review, truth)
    else:
        with pytest.raises(AssertionError, match="outside of the quarter"):
            judge(review, truth)


def test_a_page_of_another_quarter_is_no_evidence(grader: Import) -> None:
    truth = grader("truth").Truth(4711)
    outside = {one.number for one in truth.quarter.pages if one.at.isocalendar().week not in range(14, 27)}
    assert outside
    assert {number for number in truth.records if truth.outside(number)} == outside


@pytest.mark.parametrize("number", [1000, 2114, 4711, 9001])
def test_a_new_number_is_held_against_the_exact_bound(grader: Import, number: int) -> None:
    truth = grader("truth").Truth(number)
    for name in truth.quarter.needs:
        assert min(truth.floor(name)) <= truth.most(name) < min(truth.floor(name)) + 1e-4
    name = next(one for one, part in truth.quarter.parts.items() if part == "borne")
    lowered = {"name": name, "verdict": "lower", "evidence": "W14-W26"}
    judge, least = grader("test_judgement").test_lowered, max(truth.target(name).accepts.values())
    for new, is_kept in ((least, True), (truth.most(name) + 1e-4, False), (round(truth.most(name) + 0.005, 2), False)):
        row = SimpleNamespace(line=1, cells=lowered | {"new": f"{new:.4f}"})
        review = SimpleNamespace(tables={"decisions": [row]})
        if is_kept:
            judge(review, truth)
        else:
            with pytest.raises(AssertionError, match="can't keep"):
                judge(review, truth)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("since INC-340 and d-26 it has been calm", ["INC-340", "D-26"]),
        ("（C-71）のあと", ["C-71"]),
        ("p-95 of the wait, W14-W20, plan D-7", []),
    ],
)
def test_prose_names_records(values: Any, text: str, wanted: list[str]) -> None:
    assert values.named_records(text) == wanted
