"""What the cells of a growth plan may hold, and plans that differ from a right one in a cell. No Docker needed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kikori import paths
from lab_modules import modules_of

LAB = paths.ROOT / "labs" / "growth-plan"
GRADER = paths.ROOT / "graders" / "growth-plan"
PAPER = paths.ROOT / "labs" / "_images" / "paper"
YEAR = "4711"
FIXES = {"plan.md": "milk-and-bills", "plan.ja.md": "a-restore"}
"""A right plan in each language."""
CHECKS = {
    "test_form": ("test_form", "test_words"),
    "test_one_year": ("test_year", "test_marks", "test_map"),
    "test_problem": ("test_problem", "test_says_solved"),
    "test_steps": ("test_steps", "test_kinds", "test_give"),
    "test_time": ("test_given_up", "test_sum", "test_others"),
}
NAMES = {"milk tanks": ("milk tanks", "牛乳タンク"), "billing": ("billing", "請求"), "P1": ("P1",), "C": ("C",)}


@pytest.fixture(scope="module")
def plan() -> Iterator[Any]:
    with modules_of(PAPER, GRADER, LAB / "images" / "desk") as load:
        yield load


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    found = {}
    for name, fix in FIXES.items():
        place = tmp_path_factory.mktemp(fix)
        said = os.environ | {"KIKORI_PYTHON": sys.executable, "KIKORI_LAB": str(LAB), "KIKORI_YEAR": YEAR}
        subprocess.run(["/bin/sh", str(LAB / "fixes" / f"{fix}.sh")], cwd=place, env=said, check=True)
        found[name] = Path(place, name).read_text(encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def refused(plan: Any) -> Callable[..., set[str]]:
    """Tell by which checks a plan is refused."""

    def judge(text: str, own: Callable[[str], str] = lambda _: "") -> set[str]:
        form = plan("filled_form.reader").read("plan.md", text, plan("words").SHAPE)
        facts = plan("facts").facts_of(own, YEAR)
        found = set()
        for module, names in CHECKS.items():
            for name in names:
                try:
                    check = getattr(plan(module), name)
                    check(form, facts) if name != "test_words" else check(form)
                except AssertionError:
                    found.add(name)
        return found

    return judge


@pytest.mark.parametrize("file", FIXES)
def test_right_plans_are_accepted(file: str, written: dict[str, str], refused: Callable[..., set[str]]) -> None:
    assert refused(written[file]) == set()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("| Came again | 29 |", "| Came again | 29 times. |"),
        ("| Came again | 29 |", "| Came again | **２９** |"),
        ("- Whose: milk tanks, billing", "- Whose: billing and milk tanks"),
        ("- Whose: milk tanks, billing", "- Whose: 請求と牛乳タンク"),
        ("- Says solved: billing", "- Says solved: Milk tanks, billing."),
        ("- Problem: C", "- Problem: problem C"),
        ("- Problem: C", "- Problem: **#c**"),
        ("| W2 |", "| `w2` |"),
        ("| the four of the rota |", "| 当番の4人 |"),
        ("| the four of the rota |", "| ends |"),
        ("- Given to: Jun", "- Given to: ジュン、Sora"),
        ("- Reviewer: Haruka", "- Reviewer: my lead"),
        ("| deep | milk tanks |", "| Depth | **Milk tanks** |"),
        ("\n## The sum", "\nThe rota has been told, and takes it from October if need be.\n\n## The sum"),
    ],
)
def test_a_value_may_be_written_in_many_hands(
    given: str, said: str, written: dict[str, str], refused: Callable[..., set[str]]
) -> None:
    assert given in written["plan.md"]
    assert refused(written["plan.md"].replace(given, said)) == set()


@pytest.mark.parametrize(
    ("given", "said", "check"),
    [
        ("| Occasions | 38 |", "| Occasions | 38 (8 problems) |", "test_year"),
        ("| Occasions | 38 |", "| Occasions | 38 problems |", "test_year"),
        ("| Came again | 29 |", "| Came again | 29 problems |", "test_year"),
        ("| Not their own | 6 |", "| Not their own | 6 (P6 and P7) |", "test_marks"),
        ("| Not their own | 6 |", "| Not their own | 6 times |", "test_marks"),
        ("| Parts known | 8 |", "| Parts known | 8 (storage is one of them) |", "test_map"),
        ("| Parts known | 8 |", "| Parts known | 8 of 12 |", "test_map"),
        ("| Asked about most | network |", "| Asked about most | network (or the timetable) |", "test_map"),
        ("- Problem: C", "- Problem: C or E, whichever billing prefers", "test_problem"),
        ("- Whose: milk tanks, billing", "- Whose: milk tanks, billing, storage", "test_says_solved"),
        ("- Whose: milk tanks, billing", "- Whose: milk tanks", "test_says_solved"),
        ("- Says solved: billing", "- Says solved: prescriptions", "test_says_solved"),
        ("- Says solved: billing", "- Says solved: billing, when I say so", "test_says_solved"),
        ("| deep | milk tanks |", "| deep | milk tanks and billing |", "test_kinds"),
        ("| give | P1 |", "| give | P1, the disk of the milk tanks |", "test_give"),
        ("| give | P1 |", "| give | P1, P2 |", "test_give"),
        ("| the four of the rota |", "| the four of the rota from October on |", "test_given_up"),
        ("| the four of the rota |", "| the four of the rota, and I on Mondays |", "test_given_up"),
        ("| the four of the rota |", "| Haruka |", "test_given_up"),
        ("| the four of the rota |", "| whoever has time |", "test_given_up"),
        ("| ends |", "| ends in winter |", "test_given_up"),
        ("| ends |", "| nobody |", "test_given_up"),
        ("- Given to: Jun", "- Given to: Jun, who will be asked on 1 October", "test_others"),
        ("- Given to: Jun", "- Given to: Emre", "test_others"),
        ("- Asked: 2027-03-26", "- Asked: 2027-06-19", "test_give"),
        ("- Asked: 2027-03-26", "- Asked: 2026-10-04", "test_give"),
        ("- Asked: 2027-03-26", "- Asked: Friday", "test_give"),
        ("- Reviewer: Haruka", "- Reviewer: Haruka or Sora", "test_others"),
        ("- Reviewer: Haruka", "- Reviewer: Riku", "test_others"),
        ("- Review: 2027-07-02", "- Review: 2027-07-02 (in truth November)", "test_others"),
        ("- Review: 2027-07-02", "- Review: Sunday, 2027-07-02", "test_others"),
        ("| Hours freed | 97.5 h |", "| Hours freed | 97.5 h (12 weeks) |", "test_sum"),
        ("| Hours freed | 97.5 h |", "| Hours freed | 98 h |", "test_sum"),
    ],
)
def test_a_cell_holds_its_value_alone(
    given: str, said: str, check: str, written: dict[str, str], refused: Callable[..., set[str]]
) -> None:
    assert given in written["plan.md"]
    assert check in refused(written["plan.md"].replace(given, said))


@pytest.mark.parametrize(
    ("given", "said", "check"),
    [
        ("| 当番の4人 |", "| 当番の4人、月曜日は自分 |", "test_given_up"),
        ("| 当番の4人 |", "| 手の空いている人 |", "test_given_up"),
        ("| 当番の4人 |", "| 当番の4人（10月から） |", "test_given_up"),
        ("| なくす |", "| なし |", "test_given_up"),
        ("- 渡す相手: ジュン", "- 渡す相手: ジュン（10月1日に頼む予定）", "test_others"),
        ("- 見る人: ハルカ", "- 見る人: ハルカか、手の空いている人", "test_others"),
        (
            "- いちばん聞かれた部分: ネットワーク",
            "- いちばん聞かれた部分: ネットワーク（時刻表も多い）",
            "test_map",
        ),
        ("- 誰の問題: 処方箋とストレージ", "- 誰の問題: 処方箋とストレージと請求", "test_says_solved"),
        ("- 解決と言う人: ストレージ、処方箋", "- 解決と言う人: ストレージ、私", "test_says_solved"),
        ("- 週数: 5週間", "- 週数: 5時間", "test_problem"),
    ],
)
def test_a_japanese_cell_holds_its_value_alone(
    given: str, said: str, check: str, written: dict[str, str], refused: Callable[..., set[str]]
) -> None:
    assert given in written["plan.ja.md"]
    assert check in refused(written["plan.ja.md"].replace(given, said))


@pytest.mark.parametrize(
    ("given", "said", "check"),
    [
        ("", "", ""),
        ("- Says solved: dispatch", "- Says solved: the dispatch and office for customs", ""),
        ("- Whose: dispatch, the office", "- Whose: dispatch and the office", ""),
        ("| Mara |", "| ends |", ""),
        ("- Problem: customs papers", "- Problem: waiting trucks", "test_kinds"),
        ("- Problem: customs papers", "- Problem: to be decided", "test_kinds"),
        ("- Problem: customs papers", "- Problem: -", "test_problem"),
        ("- Says solved: dispatch", "- Says solved: my lead", "test_says_solved"),
        ("- Whose: dispatch, the office", "- Whose: dispatch and I, the office", "test_says_solved"),
        ("| Mara |", "| Mara and me |", "test_given_up"),
        ("| Mara |", "| - |", "test_given_up"),
        ("| wide | customs |", "| wide | customs and pallet crane |", "test_kinds"),
        ("| give | label queue stands still |", "| give | slow month's end |", "test_give"),
        ("| give | label queue stands still |", "| give | label queue |", "test_give"),
        ("| stand-in for the lead |", "| on call on weekends |", "test_given_up"),
        ("- Given to: Tova", "- Given to: nobody", "test_others"),
        ("- Reviewer: Mara", "- Reviewer: me", "test_others"),
        ("- Asked: 20 January", "- Asked: 24 April", "test_give"),
    ],
)
def test_a_year_of_ones_own_goes_by_its_own_names(
    given: str, said: str, check: str, refused: Callable[..., set[str]]
) -> None:
    place = LAB / "fixes" / "my-own-year"
    text = (place / "plan.md").read_text(encoding="utf-8")
    assert given in text
    found = refused(text.replace(given, said, 1) if given else text, lambda name: (place / name).read_text("utf-8"))
    assert check in found if check else not found


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
