"""Every demand on every lab of the tree, executed on real Docker; one test each."""

from __future__ import annotations

from functools import cache

import pytest

import room
from kikori import machine
from kikori.catalog import Catalog
from kikori.model import Lab
from kikori.prove.run import Wanted, demands_of, prove
from kikori.runtime import Silent
from unproved import UNPROVED

LABS = Catalog().labs()
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
    room.find()
    proofs = prove(Wanted(labs=(lab(name),), only=demand, jobs=1), Silent())
    assert proofs.exit_code == 0, proofs.proofs[0].demands[0].breach
