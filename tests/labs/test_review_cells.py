"""How quarterly-review reads its cells, and what its prose says. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kikori import paths
from lab_modules import Import, modules_of

GRADER = paths.ROOT / "graders" / "quarterly-review"
PLACES = (
    GRADER,
    paths.ROOT / "labs" / "_images" / "paper",
    paths.ROOT / "labs" / "quarterly-review" / "images" / "records",
)
QUARTER = 6939
"""A quarter in which school-gallery is missed and loud, preview is missed and borne, and two were missed at all."""


@pytest.fixture
def grader() -> Iterator[Import]:
    with modules_of(*PLACES) as load:
        yield load


@pytest.fixture
def values(grader: Any) -> Any:
    return grader("values")


@pytest.mark.parametrize(
    ("kind", "cell", "wanted"),
    [
        ("sli", "99.81 %", 99.81),
        ("sli", "99.81 per cent", 99.81),
        ("used", "450% of the budget", 450),
        ("complaints", "18.05 in 100,000", 18.05),
        ("complaints", "18.05件（10万件あたり）", 18.05),
        ("complaints", "10万件あたり18.05件", 18.05),
        ("objectives", "12 objectives", 12),
        ("objectives", "12個", 12),
        ("pages", "31回", 31),
        ("minutes", "45 min", 45),
        ("minutes", "45分間", 45),
        ("floor", "99.94 % at most", 99.94),
        ("floor", "最大99.94%", 99.94),
        ("change", "99.1%", 99.1),
        ("sli", "99.81 ‰", None),
        ("sli", "99.81 minutes", None),
        ("sli", "at most 99.81", None),
        ("complaints", "18.05 %", None),
        ("complaints", "18.05パーセント", None),
        ("objectives", "12 minutes", None),
        ("objectives", "12 %", None),
        ("pages", "31 minutes", None),
        ("minutes", "45 pages", None),
        ("minutes", "45 s", None),
        ("minutes", "45個", None),
        ("pages", "25 (or 22)", None),
        ("pages", "25 (22)", None),
        ("pages", "25 (not 22)", None),
        ("pages", "25（または22）", None),
        ("sli", "99.75 (99.57 with all weeks)", None),
        ("change", "99.0 (or 98.5)", None),
        ("pages", "25 (three in weeks in which tracking was suspended)", 25),
        ("pages", "25 (of 41 in the file)", 25),
        ("sli", "98.88 (W14-W20 do not count)", 98.88),
        ("sli", "98.88（W14〜W20を除く）", 98.88),
        ("sli", "99.15 (objective 99.5)", 99.15),
        ("minutes", "90 (20 + 2 × 5 + 6 × 10)", 90),
    ],
)
def test_a_number_has_the_unit_of_its_column(values: Any, kind: str, cell: str, wanted: float | None) -> None:
    assert next(iter(values.numbers(cell, kind)), None) == wanted


@pytest.mark.parametrize(
    ("cell", "is_day"),
    [
        ("2026-10-08", True),
        ("Thursday, 8 October 2026", True),
        ("2026-10-08 (the next review)", True),
        ("14 January 2027, the review after the next", True),
        ("遅くとも2026年10月8日（木）", True),
        ("2026-10-08 or later", False),
        ("2026-10-08 or never", False),
        ("not on 2026-10-08", False),
        ("after 2026-10-08", False),
        ("2026-10-08 (if Takumi is back)", False),
        ("2026年10月8日以降", False),
        ("2026-10-08 (or 2027-03-01)", False),
    ],
)
def test_a_day_is_one_and_does_not_slip(values: Any, cell: str, is_day: bool) -> None:
    assert bool(values.day_alone(cell)) == is_day


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("keep", "keep"),
        ("keep as it is", "keep"),
        ("維持（2人で直す）", "keep"),
        ("back in force", "keep"),
        ("lower to 99.0", "lower"),
        ("exception, until the next review", "exception"),
        ("measure otherwise", "measure"),
        ("測り方を変える", "measure"),
        ("keep, or lower if Paulo agrees", ""),
        ("keep, then lower", ""),
        ("keep until Paulo agrees to less", ""),
        ("維持、ただしパウロが同意すれば引き下げ", ""),
        ("keep perhaps", ""),
    ],
)
def test_a_verdict_has_no_condition_and_no_second_one(grader: Any, cell: str, wanted: str) -> None:
    assert grader("verdicts").verdict(cell) == wanted


@pytest.mark.parametrize(
    ("cell", "is_right"),
    [
        ("Riku, Takumi and Hisae, by mail", True),
        ("all owners, at the stand-up on Monday", True),
        ("全責任者と問い合わせ窓口、メールで", True),
        ("Lena (not told), Joji (not told)", False),
        ("nobody yet, Paulo perhaps", False),
        ("whoever Signe thinks of next week", False),
        ("リク（知らせない）", False),
    ],
)
def test_whoever_is_told_is_named(values: Any, cell: str, is_right: bool) -> None:
    assert values.is_told_alone(cell) == is_right


@pytest.mark.parametrize(
    ("cell", "is_right"),
    [
        ("C-71", True),
        ("changes.csv C-71, W19-W26", True),
        ("W18, W19, W21: as low or lower, and nobody wrote", True),
        ("第18週、第19週（苦情はほとんどなかった）", True),
        ("no record: C-71", False),
        ("C-71, not C-71", False),
        ("C-71 (did not matter)", False),
        ("INC-342 (says nothing), W14", False),
        ("C-71（無関係）", False),
    ],
)
def test_evidence_is_not_denied_beside_its_number(values: Any, cell: str, is_right: bool) -> None:
    assert values.cites_plainly(cell) == is_right


@pytest.mark.parametrize(
    ("cell", "is_right"),
    [
        ("Takumi (owner for printing)", True),
        ("タクミ（印刷の責任者）", True),
        ("Takumi (Riku decided)", False),
        ("タクミ（リクが決定）", False),
    ],
)
def test_brackets_name_nobody_else(values: Any, cell: str, is_right: bool) -> None:
    assert values.is_names_alone(cell) == is_right


@pytest.mark.parametrize(
    ("cell", "is_second"),
    [
        ("two people for six weeks; new releases are paused", False),
        ("リリースを停止し、2人が6週間", False),
        ("back in force, the suspension is over", False),
        ("two people for 60 hours each, from 98.94 back to 99.5", False),
        ("suspended until 2026-10-08", True),
        ("10月8日まで停止", True),
        ("99.0 from August", True),
        ("lowered when Paulo agrees", True),
    ],
)
def test_what_is_kept_is_neither_moved_nor_suspended(grader: Any, cell: str, is_second: bool) -> None:
    assert bool(grader("changes").second_decision(cell, 99.5, {98.94})) == is_second


@pytest.mark.parametrize(
    ("cell", "is_named"),
    [
        ("at the telephone", True),
        ("p95 of the wait at the telephone under 3 s", True),
        ("受付が電話機に出た注文の割合", True),
        ("an indicator that Ines will propose in August", False),
        ("something better", False),
        ("orders counted as before", False),
        ("新しい指標をイネスが8月に提案する", False),
    ],
)
def test_an_indicator_is_there_already(grader: Any, cell: str, is_named: bool) -> None:
    assert grader("changes").names_indicator(cell) == is_named


@pytest.mark.parametrize(
    ("why", "is_put_off"),
    [
        ("The number stays until Ono has made up her mind about it in the autumn", True),
        ("Nobody could say in this meeting, so it is left open for now", True),
        ("We talk about it again when somebody has the time for it", True),
        ("この場では誰も決められなかったので、次回まで保留とする", True),
        ("We look again in October; until then two people mend what shows parents a white page", False),
        ("It is green, calm, and nobody talks about it any more", False),
        ("Before anybody raises it, somebody has to say who would count on it", False),
        ("誰が当てにしているか分からないので、まず2週間、予告した停止で試す", False),
    ],
)
def test_a_reason_says_more_than_that_it_comes_later(grader: Any, why: str, is_put_off: bool) -> None:
    assert grader("filled_form.postponed").is_postponed(why, 6) == is_put_off


@pytest.mark.parametrize(
    ("came", "name", "is_false"),
    [
        ("The exception was prolonged once, until W20, and has ended", "tracking", False),
        ("移設は終わり、例外も終わった", "tracking", False),
        ("Prolonged a second time, and suspended until 2026-10-08", "tracking", True),
        ("Kept in eight of thirteen weeks, missed in five", "school-gallery", False),
        ("Worked on since April, and still missed", "school-gallery", False),
        ("Kept in every week of the quarter, and nobody wrote to us", "school-gallery", True),
        ("四半期を通して守られ、苦情もなかった", "school-gallery", True),
    ],
)
def test_the_log_is_told_as_it_was(grader: Any, came: str, name: str, is_false: bool) -> None:
    assert grader("claims").false_outcome(came, name, grader("truth").Truth(QUARTER)) == is_false


@pytest.mark.parametrize(
    ("text", "is_false"),
    [
        ("Ten of the twelve objectives were kept, and two were missed.", False),
        ("Nobody wants school-gallery lowered, and preview goes to 99.0.", False),
        ("tracking was suspended until W20 and is in force again.", False),
        ("12の目標のうち10は守られた。破られたのは二つである。", False),
        ("Twelve of twelve objectives were kept.", True),
        ("12の目標のうち11は守られた。", True),
        ("The school gallery is lowered from 99.9 to 97.0.", True),
        ("school-gallery reached 99.87 %.", True),
    ],
)
def test_a_summary_is_held_against_the_records(grader: Any, text: str, is_false: bool) -> None:
    claims, truth = grader("claims"), grader("truth").Truth(QUARTER)
    decided = {"school-gallery": ("keep", 0.0), "preview": ("lower", 99.0), "tracking": ("keep", 0.0)}
    assert bool(claims.false_count(text, truth) or claims.false_clause(text, truth, decided)) == is_false
