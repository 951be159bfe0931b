"""Every demand on every lab of the tree, executed on real Docker; one test each."""

from __future__ import annotations

from functools import cache

import pytest

from kikori import machine
from kikori.catalog import Catalog
from kikori.model import Lab
from kikori.prove.run import Wanted, demands_of, prove
from kikori.runtime import Silent

LABS = Catalog().labs()
UNPROVED = {
    "blind-spot": "not proved whole yet: its nights were disturbed by a swarm that was left beside it",
    "follow-the-request": "met all of its demands in one run, once; to be proved three times in a row",
    "leaky-pipeline": "not proved whole yet: two replays lost records, and nobody knows yet why",
}
"""Labs that are not steady enough yet to hold everything up; to be proved, and this emptied."""
DEMANDS = [pytest.param(lab.id, name, id=f"{lab.id}:{name}") for lab in LABS for name, _ in demands_of(lab)]


@cache
def lab(name: str) -> Lab:
    machine.ready()
    return Catalog().lab(name)


@pytest.mark.docker
@pytest.mark.parametrize(("name", "demand"), DEMANDS)
def test_lab_meets_demand(name: str, demand: str) -> None:
    if name in UNPROVED:
        pytest.skip(UNPROVED[name])
    proofs = prove(Wanted(labs=(lab(name),), only=demand, jobs=1), Silent())
    assert proofs.exit_code == 0, proofs.proofs[0].demands[0].breach
