"""Which demands a proof makes of a lab."""

from __future__ import annotations

from functools import partial

import pytest

from kikori.catalog import Catalog
from kikori.model import Lab
from kikori.prove.demands import fix_mends
from kikori.prove.run import demands_of, plan_of

LAB = Catalog().lab("silent-exit")
FIXES = {f"{fault.id}/fixes/{fix.name}" for fault in LAB.faults.values() for fix in fault.fixes}


def replayed(*, one_replay: bool) -> set[str]:
    works = {name: work for name, work in demands_of(LAB, one_replay=one_replay) if "/fixes/" in name}
    assert works.keys() == FIXES
    for work in works.values():
        assert isinstance(work, partial)
        assert work.func is fix_mends
    return {name for name, work in works.items() if work.keywords["replay"]}  # type: ignore[attr-defined]


def test_every_fix_is_replayed() -> None:
    assert replayed(one_replay=False) == FIXES


def test_the_first_fix_is_replayed_where_one_is_enough() -> None:
    fault = next(iter(LAB.faults.values()))
    assert replayed(one_replay=True) == {f"{fault.id}/fixes/{fault.fixes[0].name}"}


def test_the_first_fix_of_a_fault_is_part_of_the_demand_on_the_fault() -> None:
    named = {name for name, _ in demands_of(LAB)}
    assert named - set(plan_of(LAB)) == {f"{fault.id}/fixes/{fault.fixes[0].name}" for fault in LAB.faults.values()}


def test_traps_of_unfinished_work_are_one_demand_and_can_be_executed_alone() -> None:
    build = Catalog().lab("fat-image")
    named, (work,) = set(dict(demands_of(build))), [work for name, work in demands_of(build) if name == "traps"]
    traps = {f"traps/{trap.name}" for trap in build.exercises[0].traps}
    assert traps < named
    assert set(plan_of(build)) == named - traps
    assert isinstance(work, partial)
    assert {f"traps/{trap.name}" for trap in work.keywords["traps"]} == traps


@pytest.mark.parametrize("lab", [lab for lab in Catalog().labs() if lab.unfinished], ids=lambda lab: lab.id)
def test_no_trap_is_forgotten(lab: Lab) -> None:
    """Each is a demand of its own, or one of those that share a scene."""
    plan = dict(item for item in demands_of(lab) if item[0] in plan_of(lab))
    shared = plan.pop("traps", None)
    tried = [f"traps/{trap.name}" for trap in (shared.keywords["traps"] if isinstance(shared, partial) else ())]
    assert sorted([*tried, *(name for name in plan if name.startswith("traps/"))]) == sorted(
        f"traps/{trap.name}" for trap in lab.exercises[0].traps
    )


def test_a_lab_to_tune_keeps_what_it_was_given_so_its_traps_share_nothing() -> None:
    assert "traps" not in plan_of(Catalog().lab("tune-the-board"))
