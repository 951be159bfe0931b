"""Rows that can be relied on, and all that a row may be instead: each is told, and its demand executed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.engine import Silent
from kikori.errors import KikoriError
from kikori.model import Lab
from kikori.proof_keys import engine_key
from kikori.prove import ledger
from kikori.prove.landing import Landing, Why, select
from kikori.prove.plan import plan_of
from kikori.prove.proof import Demand, Proof
from kikori.prove.runner import Wanted, _tasks, prove, unrecorded
from kikori.prove.status import keys_of, known, status, status_of

pytestmark = pytest.mark.slow

NOW = datetime.now(UTC).replace(microsecond=0)
ONE = "closed-page/traps/restart-only"
FIX = "closed-page/fixes/readable-by-the-group"


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    """A lab, all of whose demands were recorded three days ago."""
    for folder in ("labs", "graders"):
        shutil.copytree(
            paths.ROOT / folder / "first-look",
            tmp_path / folder / "first-look",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    found = Catalog([tmp_path]).lab("first-look")
    record(found)
    return found


def record(lab: Lab, engine: str = "") -> None:
    demands = tuple(
        Demand(lab=lab.id, name=name, met=True, seconds=9.5, processor=3.25, at=NOW - timedelta(days=3))
        for name in plan_of(lab)
    )
    proof = Proof(lab=lab.id, content="", seed=7, demands=demands)
    ledger.record(lab, proof, keys=keys_of(lab), engine=engine or engine_key(lab.graders), docker="26.1.5")


def spoil(pattern: str, by: str, name: str = ONE) -> Callable[[Lab], None]:
    """Change the row of one demand."""

    def change(lab: Lab) -> None:
        file = ledger.file_of(lab)
        lines = file.read_text().splitlines()
        (place,) = (number for number, line in enumerate(lines) if line.startswith(f'"{name}"'))
        lines[place], changes = re.subn(pattern, by, lines[place])
        assert changes == 1
        file.write_text("\n".join(lines))

    return change


def of_another_lab(lab: Lab) -> None:
    """The rows of a lab that is the same but for its name."""
    twin = lab.folder.parent / "second-look"
    shutil.copytree(lab.folder, twin)
    shutil.copytree(lab.graders, lab.graders.parent / "second-look")
    other = Catalog([lab.folder.parent.parent]).lab("second-look")
    record(other)
    ledger.file_of(other).replace(ledger.file_of(lab))


def executed(lab: Lab, budget: float = 0) -> dict[str, Why]:
    landing = Landing(commit="c0ffee", number=1, now=NOW, budget=budget)
    return {one.demand.name: one.why for one in select(known(lab), landing) if one.why is not Why.DRAWN}


def test_what_is_written_is_read(lab: Lab) -> None:
    rows = ledger.read(lab)
    assert rows.keys() == set(plan_of(lab))
    assert (rows[ONE].wall, rows[ONE].processor, rows[ONE].at) == (9.5, 3.25, NOW - timedelta(days=3))


def test_a_row_is_a_line(lab: Lab) -> None:
    """So that two people's records of one lab merge, or collide, line by line."""
    lines = ledger.file_of(lab).read_text().splitlines()
    assert "--record" in lines[0]
    assert len([line for line in lines if line.count(" = {") == line.count("key =") == 1]) == len(plan_of(lab))


def test_a_recorded_lab_is_proved_and_not_executed(lab: Lab) -> None:
    found = status_of(lab)
    assert (found.proved, found.stale, found.missing) == (len(plan_of(lab)), 0, 0)
    assert executed(lab) == {}
    assert status([lab]).exit_code == 0


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (spoil('key = "[0-9a-f]{16}"', 'key = "0123456789abcdef"'), Why.MISSING),
        (spoil(r"at = [^,]+", f"at = {NOW + timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}"), Why.FUTURE),
        (spoil(r"at = [^,]+", f"at = {NOW - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"), Why.FRESH),
        (spoil(r"at = [^,]+", f"at = {NOW - timedelta(days=15):%Y-%m-%dT%H:%M:%SZ}"), Why.EXPIRED),
        (spoil(r"^.*$", ""), Why.MISSING),
    ],
    ids=["spoiled", "from the future", "an hour old", "too old", "gone"],
)
def test_a_row_that_says_otherwise_is_executed_alone(lab: Lab, change: Callable[[Lab], None], why: Why) -> None:
    change(lab)
    assert executed(lab) == {ONE: why}


@pytest.mark.parametrize(
    ("change", "brief"),
    [
        (lambda lab: None, True),
        (spoil('key = "[0-9a-f]{16}"', 'key = "0123456789abcdef"', FIX), False),
        (spoil(r"at = [^,]+", "at = 2999-01-01T00:00:00Z", FIX), False),
    ],
    ids=["as recorded", "spoiled", "from the future"],
)
def test_only_what_is_recorded_as_it_is_is_executed_briefly(
    lab: Lab, change: Callable[[Lab], None], brief: bool
) -> None:
    change(lab)
    tasks = {task.name: task.work for task in _tasks(lab, Wanted(labs=(lab,), brief="c0ffee"), keys_of(lab))}
    work = tasks[FIX]
    assert isinstance(work, partial)
    assert work.keywords["restarts"] is not brief


def test_a_brief_proof_is_not_recorded(lab: Lab) -> None:
    with pytest.raises(KikoriError, match="of whole demands only"):
        prove(Wanted(labs=(lab,), brief="c0ffee", record=True), Silent())


def test_a_row_from_the_future_is_told_as_stale(lab: Lab) -> None:
    spoil(r"at = [^,]+", f"at = {NOW + timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}")(lab)
    assert status_of(lab).stale == 1
    assert status([lab]).exit_code == 1


def test_a_spoiled_lab_is_executed_whole(lab: Lab) -> None:
    (lab.folder / "compose.yaml").write_text("services: {}\n")
    assert executed(lab) == dict.fromkeys(plan_of(lab), Why.MISSING)
    assert status_of(lab).stale == len(plan_of(lab))
    assert status([lab]).next == "kikori lab prove first-look --changed --record"


def test_a_spoiled_fault_is_executed_without_the_others(lab: Lab) -> None:
    (lab.folder / "faults/closed-page/break.sh").write_text("#!/bin/sh\ntrue\n")
    spoiled = {name for name in plan_of(lab) if name.startswith("closed-page")}
    assert executed(lab) == dict.fromkeys(spoiled, Why.MISSING)
    assert len(spoiled) < len(plan_of(lab))


def test_rows_of_what_was_not_executed_stay(lab: Lab) -> None:
    spoil('key = "[0-9a-f]{16}"', 'key = "0123456789abcdef"')(lab)
    spoil(f'^"{FIX}"', '"closed-page/fixes/long-gone"', FIX)(lab)
    met = Demand(lab=lab.id, name=ONE, met=True, seconds=1, processor=1, at=NOW)
    unmet = Demand(lab=lab.id, name=FIX, met=False, seconds=1, processor=1, at=NOW)
    proof = Proof(lab=lab.id, content="", seed=8, demands=(met, unmet))
    ledger.record(lab, proof, keys=keys_of(lab), engine="e", docker="26")
    rows = ledger.read(lab)
    assert rows.keys() == set(plan_of(lab)) - {FIX}
    assert {name for name, row in rows.items() if row.seed == 8} == {ONE}
    assert rows[ONE].key == keys_of(lab)[ONE]


def test_a_demand_that_was_met_only_sometimes_has_no_row(lab: Lab) -> None:
    tried = [Demand(lab=lab.id, name=ONE, met=met, seconds=1, processor=1, at=NOW) for met in (True, False, True)]
    proof = Proof(lab=lab.id, content="", seed=8, demands=tuple(tried))
    ledger.record(lab, proof, keys=keys_of(lab), engine="e", docker="26")
    assert ledger.read(lab).keys() == set(plan_of(lab)) - {ONE}


def test_only_what_is_not_recorded_is_left_to_be_executed(lab: Lab) -> None:
    assert unrecorded(lab) == set()
    spoil('key = "[0-9a-f]{16}"', 'key = "0123456789abcdef"')(lab)
    assert unrecorded(lab) == {ONE}
    (task,) = _tasks(lab, Wanted(labs=(lab,), changed=True, record=True), keys_of(lab))
    assert task.name == ONE
    ledger.file_of(lab).write_text("[demands")
    assert unrecorded(lab) == set(plan_of(lab))


def test_a_row_for_what_is_no_demand_goes_where_nothing_is_left_to_do(lab: Lab) -> None:
    file = ledger.file_of(lab)
    before = file.read_text()
    file.write_text(before + before.splitlines()[-1].replace("missing-page", "no-page") + "\n")
    assert "no-page" in status_of(lab).problem
    assert prove(Wanted(labs=(lab,), changed=True, record=True), Silent()).exit_code == 0
    assert file.read_text() == before


def test_rows_of_another_lab_count_for_nothing(lab: Lab) -> None:
    of_another_lab(lab)
    assert executed(lab) == dict.fromkeys(plan_of(lab), Why.MISSING)


def test_a_row_for_what_is_no_demand_is_told(lab: Lab) -> None:
    spoil(f'^"{ONE}"', '"closed-page/traps/long-gone"')(lab)
    found = status_of(lab)
    assert "closed-page/traps/long-gone" in found.problem
    assert found.missing == 1


def test_a_changed_engine_is_told_and_tried(lab: Lab) -> None:
    record(lab, engine="of before")
    found = status_of(lab)
    assert (found.proved, found.engine, found.stale) == (0, len(plan_of(lab)), 0)
    assert list(executed(lab).values()) == [Why.ENGINE]
    assert list(executed(lab, budget=5).values()) == [Why.ENGINE] * 3


@pytest.mark.parametrize(
    ("pattern", "by", "said"),
    [
        ('key = "', "key = ", "not valid TOML"),
        ("processor = 3.25", 'processor = "free"', "Expected `float`"),
        ("seed = 7", "sead = 7", "sead"),
        ("processor = 3.25", "processor = nan", "Expected `float`"),
        ("processor = 3.25", "processor = inf", "Expected `float`"),
        ("wall = 9.5", "wall = -5.0", "Expected `float`"),
        (r"at = [^,]+", "at = 2026-01-01T00:00:00", "timezone"),
    ],
)
def test_a_damaged_file_is_named(lab: Lab, pattern: str, by: str, said: str) -> None:
    spoil(pattern, by)(lab)
    with pytest.raises(KikoriError, match=re.escape(str(ledger.file_of(lab)))) as told:
        ledger.read(lab)
    assert said in told.value.message
    assert "first-look.toml" in status_of(lab).problem
    assert status([lab]).exit_code == 1
