"""Every demand on every lab of the tree, executed on real Docker; one test each.

Of each lab one fix is replayed from its submission; KIKORI_ALL_PARTS=1 replays every fix, as ``lab prove`` does.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

import room
from kikori import machine, paths
from kikori.catalog import Catalog
from kikori.model import Kind, Lab
from kikori.prove.run import Wanted, Work, demands_of, plan_of, prove
from kikori.runtime import Silent

LOADS = ("test_load", "test_grade")
"""The checks of a lab to tune that run its benchmark."""


def asks_for_quiet(lab: Lab, work: Work) -> bool:
    """Whether a demand runs a benchmark: beside six other labs it would measure them, too."""
    trap = getattr(work, "keywords", {}).get("trap")
    return lab.about.kind is Kind.TUNE and (trap is None or trap.fails in LOADS)


DEMANDS = [
    pytest.param(lab.id, name, id=f"{lab.id}:{name}", marks=[pytest.mark.quiet] if asks_for_quiet(lab, work) else [])
    for lab in Catalog().labs()
    for name, work in demands_of(lab)
    if name in plan_of(lab)
]


@cache
def lab(name: str) -> Lab:
    machine.ready()
    return Catalog().lab(name)


@pytest.fixture(autouse=True)
def measured_once(own_places: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let all demands of a run share what the untouched services of this machine can do."""
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "baselines"
    shared.mkdir(exist_ok=True)
    paths.state().mkdir(parents=True, exist_ok=True)
    (paths.state() / "baselines").symlink_to(shared)


@pytest.mark.docker
@pytest.mark.parametrize(("name", "demand"), DEMANDS)
def test_lab_meets_demand(name: str, demand: str) -> None:
    room.find()
    wanted = Wanted(labs=(lab(name),), only=demand, jobs=1, one_replay="KIKORI_ALL_PARTS" not in os.environ)
    proofs = prove(wanted, Silent())
    assert proofs.exit_code == 0, proofs.proofs[0].demands[0].breach
