"""Which demands a proof makes of a lab."""

from __future__ import annotations

from functools import partial

from kikori.catalog import Catalog
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


def test_of_unfinished_work_every_demand_is_one_of_its_own() -> None:
    build = Catalog().lab("fat-image")
    assert plan_of(build) == [name for name, _ in demands_of(build)]
