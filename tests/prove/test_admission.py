"""Which demand begins next, and which waits for room."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kikori.content import Catalog
from kikori.model import Lab
from kikori.prove import admission
from kikori.prove.admission import Admission, Task
from kikori.prove.ledger import Row

LAB, SWARM, TUNE = map(Catalog().lab, ("first-look", "desired-state", "tune-the-board"))


def task(name: str, wall: float = 20, load: float = 0.25, lab: Lab = LAB) -> Task:
    row = Row(
        key="", engine="", seed=1, processor=wall * load, wall=wall, at=datetime.now(UTC), docker="26", kernel="6"
    )
    return Task(lab=lab, name=name, work=lambda stage: None, row=row)


@pytest.fixture(autouse=True)
def percent(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How busy the machine says it is, over and over."""
    busy = [10.0]
    monkeypatch.setattr(admission.psutil, "cpu_percent", lambda seconds: busy[-1])
    return busy


def names(admission: Admission) -> list[str]:
    """All that begin before somebody ends."""
    found = []
    while begun := admission.begin():
        found.append(begun.name)
    return found


def test_the_longest_comes_first() -> None:
    assert names(Admission([task("short", 5), task("long", 90), task("mid", 40)], 3, 8)) == ["long", "mid", "short"]


def test_no_more_than_jobs_run() -> None:
    waits = Admission([task(str(number)) for number in range(5)], 2, 64)
    assert len(names(waits)) == 2
    waits.end(waits.running[0])
    assert len(names(waits)) == 1


def test_no_more_begins_than_the_processors_carry() -> None:
    assert names(Admission([task("a", 30, 0.8), task("b", 20, 0.8), task("c", 15, 0.5), task("d", 10, 0.2)], 4, 2)) == [
        "a", "b", "d"
    ]  # fmt: skip


def test_rows_of_a_busier_machine_are_corrected_by_what_was_spent() -> None:
    waits = Admission([task(name, wall, 0.85) for name, wall in zip("abcdef", range(60, 0, -10), strict=True)], 4, 2)
    assert names(waits) == ["a", "b"]
    waits.running[0].spent = 20.0  # of the 51 that its row says
    waits.end(waits.running[0])
    assert names(waits) == ["c", "d", "e"]


def test_an_end_that_nobody_measured_corrects_nothing() -> None:
    waits = Admission([task(name, load=0.85) for name in "abcd"], 4, 2)
    assert names(waits) == ["a", "b"]
    waits.end(waits.running[0])
    assert names(waits) == ["c"]


def test_a_benchmark_comes_before_what_would_keep_it_waiting() -> None:
    assert names(Admission([task("a", 90), task("b", 80), task("bench", 5, lab=TUNE)], 4, 8)) == ["bench", "a"]


def test_labs_in_the_swarm_take_turns() -> None:
    assert names(Admission([task("a", 30, lab=SWARM), task("b", 20, lab=SWARM), task("c", 10)], 4, 8)) == ["a", "c"]


def test_a_benchmark_has_one_neighbour_at_most() -> None:
    waits = Admission([task("bench", 90, lab=TUNE), task("a", 30), task("b", 20), task("c", 10)], 4, 8)
    assert names(waits) == ["bench", "a"]
    waits.end(waits.running[0])
    assert names(waits) == ["b", "c"]


def test_two_that_want_the_whole_machine_share_it() -> None:
    assert names(Admission([task("a", 30, 1.7), task("b", 20, 1.7), task("c", 10, 0.5)], 4, 2)) == ["a", "b"]


def test_a_machine_that_others_keep_busy_is_spared_but_not_for_ever(
    percent: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    percent.append(99.0)
    waits = Admission([task("first"), task("second")], 4, 8)
    assert names(waits) == ["first"]
    monkeypatch.setattr(admission, "PATIENCE", 0)
    assert names(waits) == ["second"]


def test_of_a_lab_that_is_breached_nothing_more_begins() -> None:
    waits = Admission([task("a"), task("b"), task("other", lab=SWARM)], 1, 8)
    waits.drop(LAB)
    assert names(waits) == ["other"]


def test_a_demand_without_a_row_is_taken_for_a_usual_one() -> None:
    assert Task(lab=LAB, name="new", work=lambda stage: None).seconds == admission.USUAL_SECONDS
