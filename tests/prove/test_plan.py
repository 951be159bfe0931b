"""Which demands a proof makes of a lab."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from kikori import host
from kikori.content import Catalog
from kikori.model import Fault, Lab
from kikori.prove.demands import fix_works
from kikori.prove.plan import demands_of, drawn_traps, plan_of, sort_of
from kikori.prove.scene import proof_scene

LAB = Catalog().lab("silent-exit")
FIXES = {f"{fault.id}/fixes/{fix.name}" for fault in LAB.faults.values() for fix in fault.fixes}


def test_every_fix_is_a_demand() -> None:
    named = {name: work for name, work in demands_of(LAB) if "/fixes/" in name}
    assert named.keys() == FIXES
    assert all(isinstance(work, partial) and work.func is fix_works for work in named.values())


@pytest.mark.parametrize("lab", Catalog().labs(), ids=lambda lab: lab.id)
def test_a_brief_proof_leaves_out_no_demand(lab: Lab) -> None:
    """It leaves out a second look at the beginning, and restarts that one fix of each lab still has."""
    brief, whole = (dict(demands_of(lab, brief=commit)) for commit in ("c0ffee", ""))
    assert list(brief) == list(whole)
    restarted = set()
    for name, work in brief.items():
        assert isinstance(work, partial)
        assert work.keywords.get("brief", False) == (sort_of(name) == "begin")
        restarted |= {name} if work.keywords.get("restarts") else set()
    first = lab.exercises[0]
    begin = f"{first.id}/" if isinstance(first, Fault) else ""
    assert restarted == {f"{begin}fixes/{first.fixes[0].name}"} | ({first.id} if isinstance(first, Fault) else set())
    for work in whole.values():
        assert work.keywords.get("restarts", True)  # type: ignore[attr-defined]  # a partial
        assert not work.keywords.get("brief", False)  # type: ignore[attr-defined]


@pytest.mark.parametrize("few", [3, 6, None])
def test_of_traps_in_one_scene_a_landing_draws_half_by_its_commit_eight_at_most(few: int | None) -> None:
    traps = Catalog().lab("follow-the-request").exercises[0].traps[:few]
    drawn = {commit: [trap.name for trap in drawn_traps(traps, commit)] for commit in map(str, range(40))}
    names = [trap.name for trap in traps]
    assert all(some == [name for name in names if name in some] for some in drawn.values())
    assert {len(some) for some in drawn.values()} == {min(8, (len(names) + 1) // 2)}
    assert {name for some in drawn.values() for name in some} == set(names)
    assert len(set(map(tuple, drawn.values()))) >= 3
    assert [trap.name for trap in drawn_traps(traps, "7")] == drawn["7"]


def test_of_a_demand_that_only_the_engine_asks_for_two_traps_are_as_good_as_all() -> None:
    lab = Catalog().lab("follow-the-request")
    many = dict(demands_of(lab, brief="7"))["traps"]
    few = dict(demands_of(lab, brief="7", few=["traps"]))["traps"]
    whole = dict(demands_of(lab, few=["traps"]))["traps"]
    counts = [len(work.keywords["traps"]) for work in (few, many, whole)]  # type: ignore[attr-defined]  # partials
    assert counts == [2, 8, len(lab.exercises[0].traps)]
    assert set(few.keywords["traps"]) <= set(many.keywords["traps"])  # type: ignore[attr-defined]


@pytest.mark.docker
@pytest.mark.parametrize(("restarts", "gradings"), [(False, 1), (True, 2)])
def test_a_brief_proof_of_a_fix_grades_its_replay_after_a_restart(restarts: bool, gradings: int) -> None:
    host.ready()
    lab = Catalog().lab("first-look")
    fault = lab.faults["closed-page"]
    with proof_scene(lab, seed=5) as stage:
        fix_works(stage, fault, fault.fixes[1], restarts=restarts)
        assert len([*stage.store.reports(stage.attempt)]) == gradings


def test_the_first_fix_of_a_fault_is_part_of_the_demand_on_the_fault() -> None:
    lab = Catalog().lab("first-look")
    named = {name for name, _ in demands_of(lab)}
    assert named - set(plan_of(lab)) == {f"{fault.id}/fixes/{fault.fixes[0].name}" for fault in lab.faults.values()}


def test_traps_of_unfinished_work_are_one_demand_and_can_be_executed_alone() -> None:
    build = Catalog().lab("fat-image")
    named, (work,) = set(dict(demands_of(build))), [work for name, work in demands_of(build) if name == "traps"]
    traps = {f"traps/{trap.name}" for trap in build.exercises[0].traps}
    assert traps < named
    assert set(plan_of(build)) == named - traps
    assert isinstance(work, partial)
    assert {f"traps/{trap.name}" for trap in work.keywords["traps"]} == traps


@pytest.mark.parametrize("lab", Catalog().labs(), ids=lambda lab: lab.id)
def test_no_trap_is_forgotten(lab: Lab) -> None:
    """Each is a demand of its own, or one of those that share a scene."""
    tried: list[Path] = []
    for name, work in demands_of(lab):
        if name in plan_of(lab) and isinstance(work, partial):
            tried += [trap.path for trap in work.keywords.get("traps", ())]
            tried += [work.keywords["trap"].path] if "trap" in work.keywords else []
    assert sorted(tried) == sorted(trap.path for exercise in lab.exercises for trap in exercise.traps)


def test_traps_of_a_fault_in_the_workspace_share_its_scene() -> None:
    assert "privileged-port/traps" in plan_of(LAB)
    assert not [name for name in plan_of(LAB) if name.startswith("privileged-port/traps/")]


def test_traps_inside_a_service_have_scenes_of_their_own() -> None:
    assert not [name for name in plan_of(Catalog().lab("first-look")) if name.endswith("/traps")]


@pytest.mark.parametrize("name", ["tune-the-board", "bad-deploy"])
def test_traps_share_nothing_where_a_lab_keeps_what_it_was_given(name: str) -> None:
    assert "traps" not in plan_of(Catalog().lab(name))


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("healthy", "begin"), ("unfinished", "begin"), ("torn", "fault"),
        ("torn/fixes/sew", "fix"), ("fixes/sew", "fix"), ("torn/traps/glue", "trap"), ("torn/traps", "trap"),
        ("traps/glue", "trap"), ("traps", "trap"),
    ],
)  # fmt: skip
def test_a_demands_name_says_what_it_asks_for(name: str, sort: str) -> None:
    assert sort_of(name) == sort
