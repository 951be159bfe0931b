"""Runs that are kept, set beside each other, graded and drawn."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from kikori.bench.baseline import grade, times
from kikori.bench.history import JOURNAL, RUNS, History, Note, change, noise
from kikori.bench.result import Result
from kikori.site.score_chart import draw, write


def run(
    points: int, failed: str = "", workspace: str = "a", baseline: float | None = 2.0, seconds: float = 60
) -> Result:
    return Result(
        lab="shop", at=1.0, seed=1, profile="tiny", seconds=seconds, points=points, causes=(), breaches={},
        failed=failed, actions={"look": 5000}, fast=0, users=3, requests=100, errors=0,
        workspace=workspace, baseline=baseline,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("result", "wanted"),
    [(run(120), 0.0), (run(240), 1.0), (run(120 * 64), 6.0), (run(60), 0.0), (run(1200, failed="lost"), 0.0)],
)
def test_a_grade_counts_doublings_of_the_untouched_pace(result: Result, wanted: float) -> None:
    assert grade(result) == wanted


def test_a_quick_run_is_graded_like_a_long_one() -> None:
    assert times(run(600, seconds=15)) == times(run(2400)) == 20.0


def test_without_a_baseline_there_is_no_grade() -> None:
    assert grade(run(100, baseline=None)) is None


def test_a_failed_run_scores_nothing_and_keeps_its_points_for_the_record() -> None:
    assert (run(500, failed="lost").score, run(500, failed="lost").points) == (0, 500)


def test_runs_probes_and_journal_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    history = History(tmp_path / "attempt")
    assert (history.runs(), history.probes(), history.journal()) == ([], None, [])
    note = Note(at=2.0, hypothesis="an index", change="the index", before=None, after=100)
    history.add(run(100), {"pictures": [[1, "線香"]]})
    history.add(run(200), {"pictures": []})
    history.note(note)
    assert [one.points for one in history.runs()] == [100, 200]
    assert (history.probes(), history.journal()) == ({"pictures": []}, [note])


def tear(log: Path) -> None:
    """Cut the last line off in its midst, as a power cut does."""
    log.write_bytes(log.read_bytes()[:-20])


def test_a_torn_run_costs_itself_alone(tmp_path: Path) -> None:
    history = History(tmp_path)
    for points in (100, 200):
        history.add(run(points), None)
    tear(tmp_path / RUNS)
    assert [one.points for one in history.runs()] == [100]
    history.add(run(300), None)
    assert [one.points for one in history.runs()] == [100, 300]


def test_a_torn_note_costs_itself_alone(tmp_path: Path) -> None:
    history = History(tmp_path)
    first, torn, later = (
        Note(at=at, hypothesis="an index", change="the index", before=None, after=100) for at in (1.0, 2.0, 3.0)
    )
    history.note(first)
    history.note(torn)
    tear(tmp_path / JOURNAL)
    assert history.journal() == [first]
    history.note(later)
    assert history.journal() == [first, later]


def test_what_is_claimed_are_the_runs_of_the_last_workspace_that_counts(tmp_path: Path) -> None:
    history = History(tmp_path)
    for one in (run(100), run(900, workspace="b"), run(950, workspace="b"), run(9999, workspace="c", failed="lost")):
        history.add(one, None)
    assert [one.points for one in history.claimed()] == [900, 950]


def test_a_change_is_beyond_chance_when_it_is_larger_than_runs_of_one_workspace_differ() -> None:
    steady = [run(1000), run(1010), run(1100, workspace="b")]
    wild = [run(1000), run(1500), run(1900, workspace="b")]
    assert noise(steady) == 0.05
    assert noise(wild) > 0.4
    first, second = change(steady), change(wild)
    assert first is not None
    assert second is not None
    assert (first.beyond_noise, second.beyond_noise) == (True, False)


def test_few_actions_differ_by_more_by_chance() -> None:
    few = [msgspec.structs.replace(run(points), luck=0.2) for points in (100, 150)]
    seen = change(few)
    assert seen is not None
    assert not seen.beyond_noise


def test_what_chance_did_to_a_few_actions_hides_no_large_change() -> None:
    few, many = msgspec.structs.replace(run(100), luck=0.5), msgspec.structs.replace(run(400, workspace="b"), luck=0.1)
    seen = change([few, many])
    assert seen is not None
    assert seen.beyond_noise
    assert seen.noise == pytest.approx(2 * (50**2 + 40**2) ** 0.5 / 400)


def test_a_failed_run_is_compared_with_nothing_and_nothing_with_it() -> None:
    assert change([run(100)]) is None
    assert change([run(100), run(200, failed="lost")]) is None
    after = change([run(100), run(1, failed="lost"), run(200)])
    assert after is not None
    assert after.factor == 2.0


def test_the_staircase_is_written_as_a_picture_and_as_a_page(tmp_path: Path) -> None:
    runs = [run(120), msgspec.structs.replace(run(2400), at=10.0), run(50, failed="lost")]
    notes = [Note(at=11.0, hypothesis="it scans", change="an index <on> remarks", before=120, after=2400)]
    svg, page = write(runs, notes, tmp_path, "en")
    words = [element.text for element in ElementTree.parse(svg).iter() if element.text]  # noqa: S314 - our own file
    assert {"2", "40", "failed", "an index <on> remarks"} <= set(words)
    html = page.read_text(encoding="utf-8")
    assert "an index &lt;on&gt; remarks" in html
    assert "failed: lost" in html
    assert "http" not in html.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("words", ["settings of the database", "データベースの設定を変えた"])
def test_changes_of_steps_at_one_height_are_not_written_over_each_other(words: str) -> None:
    drawn = draw([(100.0 + number, f"{words} {number}") for number in range(6)], "en")
    heights = [float(found) for found in re.findall(rf'y="([\d.]+)"[^>]*>{words} \d<', drawn)]
    assert len(heights) == 6
    assert all(abs(one - other) > 15 for one, other in pairwise(heights))
