"""What the cells of a growth plan may hold, and plans that differ from a right one in a cell. No Docker needed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kikori import paths
from lab_modules import STANDS_ON, modules_of

pytestmark = pytest.mark.stands_on("growth-plan", code=STANDS_ON)
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


@pytest.fixture(scope="module")
def plan() -> Iterator[Any]:
    with modules_of(PAPER, GRADER, LAB / "images" / "desk") as load:
        yield load


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    found = {}
    for name, fix in FIXES.items():
        found[name] = filled_in(fix, YEAR, tmp_path_factory.mktemp(fix))
    return found


def filled_in(fix: str, year: str, place: Path, *traps: str) -> str:
    """Give the plan that a fix writes for a year, as traps change it."""
    said = os.environ | {"KIKORI_PYTHON": sys.executable, "KIKORI_LAB": str(LAB), "KIKORI_YEAR": year}
    for script in (f"fixes/{fix}", *(f"traps/{trap}" for trap in traps)):
        subprocess.run(["/bin/sh", str(LAB / f"{script}.sh")], cwd=place, env=said, check=True)
    return next(place.glob("plan*.md")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def refused(plan: Any) -> Callable[..., dict[str, str]]:
    """Tell by which checks a plan is refused, and why."""

    def judge(text: str, own: Callable[[str], str] = lambda _: "", year: str = YEAR) -> dict[str, str]:
        form = plan("filled_form.reader").read("plan.md", text, plan("words").SHAPE)
        facts = plan("facts").facts_of(own, year)
        found = {}
        for module, names in CHECKS.items():
            for name in names:
                try:
                    check = getattr(plan(module), name)
                    check(form, facts) if name != "test_words" else check(form)
                except AssertionError as problem:
                    found[name] = str(problem)
        return found

    return judge


@pytest.mark.parametrize(
    ("fix", "year"), [("a-restore", "1438"), ("end-what-comes-back", "1011"), ("milk-and-bills", "1351")]
)
def test_a_right_plan_is_accepted_where_its_hours_are_few(
    fix: str, year: str, tmp_path: Path, refused: Callable[..., dict[str, str]]
) -> None:
    assert not refused(filled_in(fix, year, tmp_path), year=year)


@pytest.mark.parametrize(
    ("trap", "fix", "check", "why"),
    [
        ("hours-there-really-are", "milk-and-bills", "test_form", 'no row or item "In truth there are"'),
        ("in-fact-somebody-else", "milk-and-bills", "test_form", 'no row or item "In fact"'),
        ("hours-freed-at-best", "milk-and-bills", "test_form", '"Hours freed at best" is not what the form calls'),
        ("steps-of-a-colleague", "milk-and-bills", "test_form", '"Steps that Kenji would take" is not what the form'),
        ("explained-later", "milk-and-bills", "test_words", "put the answer off"),
        ("decided-later-in-japanese", "a-restore", "test_words", "put the answer off"),
        ("seen-as-above", "milk-and-bills", "test_steps", "put the answer off"),
    ],
)
def test_a_trap_is_refused_at_its_check_alone(
    trap: str, fix: str, check: str, why: str, tmp_path: Path, refused: Callable[..., dict[str, str]]
) -> None:
    found = refused(filled_in(fix, YEAR, tmp_path, trap))
    assert why in found.pop(check)
    assert not found


@pytest.mark.parametrize("file", FIXES)
def test_right_plans_are_accepted(file: str, written: dict[str, str], refused: Callable[..., dict[str, str]]) -> None:
    assert not refused(written[file])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("| Came again | 29 |", "| Came again | 29 times. |"),
        ("| Came again | 29 |", "| Came again | **２９** |"),
        ("- Whose: milk tanks, billing", "- Whose: billing and milk tanks"),
        ("- Whose: milk tanks, billing", "- Whose: 請求と牛乳タンク"),
        ("- Says solved: billing", "- Says solved: Milk tanks, billing."),
        ("| Occasions | 38 |", "| Occasions | 38 occasions |"),
        ("| Came again | 29 |", "| Came again | 29 occasions |"),
        ("- Problem: C", "- Problem: problem C"),
        ("- Problem: C", "- Problem: **#c**"),
        ("| W2 |", "| `w2` |"),
        ("| the four of the rota |", "| 当番の4人 |"),
        ("| the four of the rota |", "| ends |"),
        ("- Given to: Jun", "- Given to: ジュン、Sora"),
        ("- Reviewer: Haruka", "- Reviewer: my lead"),
        ("- Asked: 2027-03-26", "- Asked: 5 October"),
        ("- Asked: 2027-03-26", "- Asked: 2027/6/17"),
        ("- Review: 2027-07-02", "- Review: 2.8.2027"),
        ("- Review: 2027-07-02", "- Review: August 2, 2027"),
        ("an hour beside somebody who knows it", "an hour with the one who sends the bills"),
        ("| deep | milk tanks |", "| Depth | **Milk tanks** |"),
        ("# Growth plan of Emre, from 2027-04-05 on", "# Emre’s growth plan, April to July 2027"),
        ("\n## Others", "\nFreed: 13 weeks of 7.5.\n\n## Others"),
        ("\nHaruka tells me", "\nReview: in July, on paper.\nHaruka tells me"),
        ("| 2027-06-18 |", "| 18 June |"),
        ("- Review: 2027-07-02", "- Review: 2 July 2027"),
        ("\n## The sum", "\nThe rota has been told, and takes it from October if need be.\n\n## The sum"),
    ],
)
def test_a_value_may_be_written_in_many_hands(
    given: str, said: str, written: dict[str, str], refused: Callable[..., dict[str, str]]
) -> None:
    assert given in written["plan.md"]
    assert not refused(written["plan.md"].replace(given, said))


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
        ("- Asked: 2027-03-26", "- Asked: 2027-06-18", "test_give"),
        ("- Asked: 2027-03-26", "- Asked: 2026-10-04", "test_give"),
        ("- Asked: 2027-03-26", "- Asked: Friday", "test_give"),
        ("- Reviewer: Haruka", "- Reviewer: Haruka or Sora", "test_others"),
        ("- Reviewer: Haruka", "- Reviewer: Riku", "test_others"),
        ("- Review: 2027-07-02", "- Review: 2027-07-02 (in truth November)", "test_others"),
        ("- Review: 2027-07-02", "- Review: Sunday, 2027-07-02", "test_others"),
        ("- Review: 2027-07-02", "- Review: 3 August", "test_others"),
        ("- Given to: Jun", "- Given to: [Jun](x)", "test_others"),
        ("- Given to: Jun", "- Given to: Jun[^1]", "test_others"),
        ("| deep | milk tanks |", "| deep | network |", "test_kinds"),
        ("| wide | billing |", "| wide | dispatch |", "test_kinds"),
        ("| write | C |", "| problem | C |", "test_kinds"),
        ("| Hours freed | 97.5 h |", "| Hours freed | 97.5 h (12 weeks) |", "test_sum"),
        ("| Hours freed | 97.5 h |", "| Hours freed | 98 h |", "test_sum"),
        ("# Growth plan of Emre, from 2027-04-05 on", "# Growth plan of Emre, January to March 2029", "test_form"),
        ("# Growth plan of Emre, from 2027-04-05 on", "# Growth plan of Kenji, April to June 2027", "test_form"),
        ("# Growth plan of Emre, from 2027-04-05 on", "# Growth plan of Emre", "test_form"),
    ],
)
def test_a_cell_holds_its_value_alone(
    given: str, said: str, check: str, written: dict[str, str], refused: Callable[..., dict[str, str]]
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
    given: str, said: str, check: str, written: dict[str, str], refused: Callable[..., dict[str, str]]
) -> None:
    assert given in written["plan.ja.md"]
    assert check in refused(written["plan.ja.md"].replace(given, said))


OWN = LAB / "fixes" / "my-own-year"
"""A right plan for a year of one's own, by Kim Lund."""


@pytest.mark.parametrize(
    ("given", "said", "check"),
    [
        ("", "", ""),
        ("- Says solved: dispatch", "- Says solved: the dispatch and office for customs", ""),
        ("- Whose: dispatch, the office", "- Whose: dispatch and the office", ""),
        ("- Whose: dispatch, the office", "- Whose: Ole, dispatch, the office", ""),
        ("| Mara Lind |", "| ends |", ""),
        ("| Mara Lind |", "| Tova and the leads |", ""),
        ("- Problem: customs papers", "- Problem: waiting trucks", "test_kinds"),
        ("- Problem: customs papers", "- Problem: to be decided", "test_kinds"),
        ("- Problem: customs papers", "- Problem: -", "test_problem"),
        ("- Problem: customs papers", "- Problem: customs papers, later the label queue", "test_problem"),
        ("- Problem: customs papers", "- Problem: customs papers (or the queue)", "test_problem"),
        ("- Problem: customs papers", "- Problem: papers, which come after the truck has left", "test_problem"),
        ("- Says solved: dispatch", "- Says solved: my lead", "test_says_solved"),
        ("- Says solved: dispatch", "- Says solved: Mara Lind", "test_says_solved"),
        ("- Says solved: dispatch", "- Says solved: K. Lund", "test_says_solved"),
        ("- Whose: dispatch, the office", "- Whose: dispatch and I, the office", "test_says_solved"),
        ("- Whose: dispatch, the office", "- Whose: dispatch, K. Lund, the office", "test_says_solved"),
        ("- Whose: dispatch, the office", "- Whose: Kim Lund, dispatch, the office", "test_says_solved"),
        ("- Whose: dispatch, the office", "- Whose: to be found, the office", "test_says_solved"),
        ("| Mara Lind |", "| Mara Lind and me |", "test_given_up"),
        ("| Mara Lind |", "| Kim Lund |", "test_given_up"),
        ("| Mara Lind |", "| Mara |", "test_given_up"),
        ("| Mara Lind |", "| - |", "test_given_up"),
        ("| Mara Lind |", "| to be found |", "test_given_up"),
        ("| Mara Lind |", "| still open |", "test_given_up"),
        ("| wide | customs |", "| wide | customs and pallet crane |", "test_kinds"),
        ("| give | label queue stands still |", "| give | slow month's end |", "test_give"),
        ("| give | label queue stands still |", "| give | label queue |", "test_give"),
        ("| stand-in for the lead |", "| on call on weekends |", "test_given_up"),
        ("- Given to: Tova", "- Given to: nobody", "test_others"),
        ("- Given to: Tova", "- Given to: not decided yet", "test_others"),
        ("- Given to: Tova", "- Given to: whoever wants it", "test_others"),
        ("- Given to: Tova", "- Given to: 未定", "test_others"),
        ("- Given to: Tova", "- Given to: 担当者", "test_others"),
        ("- Given to: Tova", "- Given to: Tova, anyone", "test_others"),
        ("- Reviewer: Mara Lind", "- Reviewer: me", "test_others"),
        ("- Reviewer: Mara Lind", "- Reviewer: open", "test_others"),
        ("- Reviewer: Mara Lind", "- Reviewer: Lund Kim", "test_others"),
        ("- Reviewer: Mara Lind", "- Reviewer: Lund, Kim", "test_others"),
        ("- Reviewer: Mara Lind", "- Reviewer: Kim Lund", "test_others"),
        ("# Growth plan of Kim Lund, February", "# Kim’s growth plan for February", ""),
        ("# Growth plan of Kim Lund, February to April", "# 2027年春のLundの成長の計画", ""),
        ("# Growth plan of Kim Lund, February", "# Growth plan of Kim Lund, March", "test_form"),
        (", February to April", "", "test_form"),
        ("- Problem: customs papers", "- Problem: login loops", "test_problem"),
        ("- Readers: drivers and the office", "- Readers: 客", ""),
        ("- Problem: customs papers", "- Problem: the slow months' end", "test_problem"),
        ("| 2027-02-01 | warehouse", "| 2027-04-19 | warehouse", "test_sum"),
        ("# Growth plan of Kim Lund, February", "# My plan for February", "test_form"),
        ("# Growth plan of Kim Lund, February", "# Growth plan of Mara Lind, February", "test_form"),
        ("# Growth plan of Kim Lund, February", "# Growth plan of Kimberly, February", "test_form"),
        ("- Asked: 20 January", "- Asked: 24 April", "test_give"),
        ("- Asked: 20 January", "- Asked: 23 April", "test_give"),
        ("- Asked: 20 January", "- Asked: 22 April", ""),
        ("- Asked: 20 January", "- Asked: 1 August", ""),
        ("- Asked: 20 January", "- Asked: 2026-07-31", "test_give"),
        ("- Review: 30 April", "- Review: 30 May", ""),
        ("- Review: 30 April", "- Review: 31 May", "test_others"),
    ],
)
def test_a_year_of_ones_own_goes_by_its_own_names(
    given: str, said: str, check: str, refused: Callable[..., dict[str, str]]
) -> None:
    text = (OWN / "plan.md").read_text(encoding="utf-8")
    assert given in text
    found = refused(text.replace(given, said, 1) if given else text, lambda name: (OWN / name).read_text("utf-8"))
    assert check in found if check else not found


def test_japanese_people_are_named_as_they_are_spoken_of(refused: Callable[..., dict[str, str]]) -> None:
    people = "name,group\n森 愛子,me\n田中 健,倉庫のシステム\n佐藤みどり,通関\nOle,配車\n"
    text = (OWN / "plan.md").read_text("utf-8")
    for given, said in (
        ("of Kim Lund", "of 愛子"),
        ("dispatch, the office for customs\n", "配車、通関\n"),
        ("- Says solved: dispatch", "- Says solved: 通関"),
        ("- Given to: Tova", "- Given to: 田中健さん"),
        ("- Reviewer: Mara Lind", "- Reviewer: 佐藤みどり"),
        ("| Mara Lind |", "| 田中 健・Ole |"),
        ("| warehouse systems |", "| 倉庫のシステム |"),
    ):
        assert given in text
        text = text.replace(given, said, 1)
    own = {one.name: one.read_text("utf-8") for one in (OWN / "own").iterdir()} | {"people.csv": people}
    assert not refused(text, lambda name: own[name.removeprefix("own/")])
    for name in ("愛子", "森", "森愛子さん", "森 愛子", "これから探す"):
        wrong = text.replace("- Reviewer: 佐藤みどり", f"- Reviewer: {name}")
        assert {*refused(wrong, lambda name: own[name.removeprefix("own/")])} == {"test_others"}


@pytest.mark.parametrize(
    ("given", "said", "check", "why"),
    [
        ("- Asked: 20 January", "- Asked: 30 February", "test_give", "the calendar has no such day"),
        ("- Asked: 20 January", "- Asked: 1/15/2027", "test_give", "14.5.2027"),
        ("- Weeks: 8", "- Weeks: two months", "test_problem", "reckons with it"),
        ("- Given to: Tova", "- Given to: Tova, 未定", "test_others", "of own/people.csv"),
        ("- Readers: drivers and the office", "- Readers: nobody", "test_words", '"nobody" names no reader'),
        ("- Readers: drivers and the office", "- Readers:", "test_words", "nothing stands here"),
        ("- Readers: drivers and the office", "- Readers: !!", "test_words", "expected 1 word or more, saw 0"),
        ("the first one in which I can't look at everything myself", "-", "test_words", "stands for nothing"),
        ("| Handed on | 1 |", "| Handed on | 2 |", "test_marks", "each once, whether it came once or more often"),
        ("| 2027-02-01 | warehouse", "| 2027-04-12 | warehouse", "test_sum", "not freed by the end"),
        ("| Asked about most | database |", "| Asked about most | customs |", "test_map", "one column of the map"),
        ("2027-04-16", "2027-03-25", "test_kinds", "each ends on its Friday; 8 weeks are over on 2027-03-26"),
        ("- Reviewer: Mara Lind", "- Reviewer: Kim Lund", "test_others", '"Kim Lund" is you'),
        ("| Mara Lind |", "| Mara Lind, nobody |", "test_given_up", "own/people.csv alone"),
    ],
)
def test_a_reason_says_what_it_saw(
    given: str, said: str, check: str, why: str, refused: Callable[..., dict[str, str]]
) -> None:
    text = (OWN / "plan.md").read_text(encoding="utf-8").replace(given, said, 1)
    assert why in refused(text, lambda name: (OWN / name).read_text("utf-8"))[check]


def test_hours_may_be_freed_in_the_week_after_a_step_is_due(refused: Callable[..., dict[str, str]]) -> None:
    text = (OWN / "plan.md").read_text(encoding="utf-8").replace("2027-04-16", "26 March", 1)
    assert not refused(text, lambda name: (OWN / name).read_text("utf-8"))


@pytest.mark.parametrize(("file", "unit"), [("plan.md", "with h or"), ("plan.ja.md", "with 時間 or")])
def test_a_reason_has_the_units_of_the_form_in_use(plan: Any, file: str, unit: str) -> None:
    form, line = SimpleNamespace(file=file), plan("filled_form.reader").Line(7, "about 7")
    with pytest.raises(AssertionError, match=unit):
        plan("conftest").the_number(form, line, plan("words").SUM["left"])


def test_another_attempts_year_is_refused(written: dict[str, str], refused: Callable[..., dict[str, str]]) -> None:
    assert {"test_year", "test_steps"} <= refused(written["plan.md"], year="1234").keys()


def test_what_rests_on_the_steps_waits_for_them(plan: Any) -> None:
    waits = [name for mark in plan("test_time").test_others.pytestmark if mark.name == "needs" for name in mark.args]
    assert "test_steps" in waits


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("| Came again | 29 |", "| Came again | 29 |\n| Came again | 30 |"),
        ("- Given to: Jun", "- Given to: Jun\n- Given to: Sora"),
        ("- Given to: Jun", "- Given to: <s>Jun</s>"),
        ("- Given to: Jun", "- Given to: ~~Jun~~"),
    ],
)
def test_a_doubled_or_hidden_value_is_not_read(plan: Any, given: str, said: str, written: dict[str, str]) -> None:
    assert given in written["plan.md"]
    with pytest.raises(plan("filled_form.reader").Unreadable):
        plan("filled_form.reader").read("plan.md", written["plan.md"].replace(given, said), plan("words").SHAPE)


def test_one_form_of_two_is_filled_in(plan: Any, written: dict[str, str]) -> None:
    with pytest.raises(plan("filled_form.reader").Unreadable):
        plan("filled_form.reader").written(written, plan("words").SHAPE)
