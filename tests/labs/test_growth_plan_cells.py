"""What single cells of a growth plan and the files of a year of one's own may hold. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from kikori import paths
from lab_modules import STANDS_ON, modules_of

pytestmark = pytest.mark.stands_on("growth-plan", code=STANDS_ON)
LAB = paths.ROOT / "labs" / "growth-plan"
OWN = LAB / "fixes" / "my-own-year"
"""A right plan for a year of one's own, by Kim Lund."""
YEAR = "4711"
NAMES = {"milk tanks": ("milk tanks", "牛乳タンク"), "billing": ("billing", "請求"), "P1": ("P1",), "C": ("C",)}


@pytest.fixture(scope="module")
def plan() -> Iterator[Any]:
    with modules_of(
        paths.ROOT / "labs" / "_images" / "paper", paths.ROOT / "graders" / "growth-plan", LAB / "images" / "desk"
    ) as load:
        yield load


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("milk tanks", "milk tanks"),
        ("the milk tanks.", "milk tanks"),
        ("牛乳タンク", "milk tanks"),
        ("**billing**", "billing"),
        ("#P1", "P1"),
        ("問題 C", "C"),
        ("problem c", "C"),
        ("not billing", ""),
        ("billing (perhaps)", ""),
        ("billing, C", ""),
        ("問題", ""),
        ("#", ""),
        ("", ""),
    ],
)
def test_a_name_stands_alone(plan: Any, cell: str, wanted: str) -> None:
    assert plan("values").one_of(cell, NAMES) == wanted


@pytest.mark.parametrize("cell", ["", "-", "問題 ", "the problem is one", "wide or deep"])
def test_a_kind_is_one_word(plan: Any, cell: str) -> None:
    found = plan("values").one_of(cell, plan("words").KINDS)
    assert found == ("problem" if cell == "問題 " else "")


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("milk tanks, billing", {"milk tanks", "billing"}),
        ("billing and the milk tanks", {"milk tanks", "billing"}),
        ("milk tanks, and billing", {"milk tanks", "billing"}),
        ("牛乳タンクと請求", {"milk tanks", "billing"}),
        ("請求・牛乳タンク", {"milk tanks", "billing"}),
        ("請求、", None),
        ("milk tanks or billing", None),
        ("milk tanks, not billing", None),
        ("", None),
    ],
)
def test_names_are_listed(plan: Any, cell: str, wanted: set[str] | None) -> None:
    assert plan("values").several(cell, NAMES) == wanted


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2027, 1, 4), -6, date(2026, 7, 4)),
        (date(2027, 8, 31), -6, date(2027, 2, 28)),
        (date(2027, 4, 2), 1, date(2027, 5, 2)),
        (date(2027, 12, 31), 1, date(2028, 1, 31)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
    ],
)
def test_months_are_counted_to_the_day(plan: Any, day: date, months: int, wanted: date) -> None:
    assert plan("facts").months_from(day, months) == wanted


@pytest.mark.parametrize(
    ("said", "is_near"),
    [
        ("whoever is stuck there calls Emre, and the move of next year rests on what only Emre knows", True),
        ("draw the way of a frozen picture and have it corrected", True),
        ("both teams have seen three months go by without one", True),
        ("an hour with the one who sends the bills", False),
        ("her four answers are on our map", False),
        ("billing's newest developer has followed one bill with it", False),
        ("そこで働く人に1時間聞く", False),
        ("", False),
    ],
)
def test_signes_sentences_are_known_with_a_word_changed(plan: Any, said: str, is_near: bool) -> None:
    assert plan("filled_form.filler").is_near_copy(said, plan("words").SIGNES) is is_near


@pytest.mark.parametrize(
    ("file", "given", "said", "why"),
    [
        ("week.csv", "may_stop", "stop", "lacks the columns"),
        ("week.csv", "2.5,yes", "2.5,yes,no", "4 cells"),
        ("week.csv", "2.5", "nan", "no number"),
        ("week.csv", "list of open orders", "release notes", "has a line already"),
        ("parts.csv", "scanners,1", "label queue,1", "has a line already"),
        ("parts.csv", "scanners,1", "scanners,1.5", "no whole number"),
        ("parts.csv", "scanners,1", "scanners,4", "no number from 0 to 3"),
        ("people.csv", "Kim Lund,me\n", "", "0 lines have me"),
        ("people.csv", "Tova,warehouse systems", "Tova,me", "2 lines have me"),
        ("people.csv", "Tova,warehouse systems", "Lund K.,the leads", "another way to write"),
        ("people.csv", "Tova,warehouse systems", "Tova,K. Lund", "another way to write"),
        ("people.csv", "Tova,warehouse systems", "Kim,dispatch", "another way to write"),
        ("people.csv", "Tova,warehouse systems", "to be found,dispatch", "a person's name"),
        ("people.csv", "Tova,warehouse systems", "これから探す,dispatch", "a person's name"),
        ("people.csv", "Tova,warehouse systems", "Tova,nobody", "name of a group"),
        ("people.csv", "Tova,warehouse systems", 'Tova,"dispatch, later"', "name of a group"),
        ("people.csv", "Tova,warehouse systems", "Ole,warehouse systems", "has a line already"),
        ("people.csv", "name,group", "name,team", "lacks the columns"),
        ("people.csv", "Tova,warehouse systems", "New Hire,warehouse systems", "a word for what somebody does"),
        ("people.csv", "Tova,warehouse systems", "上司,warehouse systems", "a word for what somebody does"),
        ("solved.csv", "2026-12-01", "2027-02-01", "before it"),
        ("solved.csv", "2026-12-01", "2027-03-15", "before it"),
        ("solved.csv", "2026-02-03", "2025-11-30", "more than a year"),
        ("quarter.toml", "2027-02-01\nends = 2027-04-30", "2028-02-01\nends = 2028-04-30", "more than 18 months"),
        ("solved.csv", "2026-09-09,label queue", "2026-09-09,label queues", "an ending"),
        ("solved.csv", "2026-09-09,label queue", "2026-09-09,Label queue", "a capital"),
        ("parts.csv", "scanners,1", "the database,1", "an article"),
        ("week.csv", "on call on weekends,4", "on call on weekends,60", "67.5 hours a week"),
        ("week.csv", "on call on weekends,4", "on call on weekends,61", "no number from 0 to 60"),
        ("solved.csv", "2026-04-14", "2026-13-14", "can't be read"),
        ("solved.csv", "2,no,no", "2,yes,no", "other marks"),
        ("solved.csv", ",login loop,many,", ",login loop,mine,", "can't be read"),
        ("solved.csv", "2026-03-30", "2026-12-02,login loop,many,1,yes,no\n" * 500 + "2026-03-30", "at most 500"),
        ("quarter.toml", "2027-04-30", "2027-09-30", "not more than half a year"),
        ("quarter.toml", "2027-04-30", "2027-01-30", "not more than half a year"),
    ],
)
def test_a_file_of_ones_own_is_read_strictly(plan: Any, file: str, given: str, said: str, why: str) -> None:
    texts = {f"own/{one.name}": one.read_text("utf-8") for one in (OWN / "own").iterdir()}
    assert given in texts[f"own/{file}"]
    texts[f"own/{file}"] = texts[f"own/{file}"].replace(given, said, 1)
    with pytest.raises(plan("facts").Unusable, match=why):
        plan("facts").facts_of(texts.__getitem__, YEAR)
