"""The golden ladder in coarse rungs: each scores above the one before by more than chance, and none fails.

On the tiny profile the finer ones lie within chance: a scan of 4,000 rows costs little. benchmarks/board.py has them
all, on the standard profile.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

import board
from kikori import machine
from kikori.bench.history import NOISE
from kikori.bench.result import Result
from kikori.bench.run import Length, Run
from kikori.bench.service import PROFILE, Service
from kikori.bench.stand import stand
from kikori.catalog import Catalog

SHORT = Length(warm_up=2, load=8, step=1)
COARSE = ("untouched", "twenty-rows", "work-once")
RUNGS = [rung for rung in board.ladder() if rung.name in COARSE]


def measured(workspace: Path) -> Result:
    with stand(Catalog().lab(board.LAB), workspace) as project:
        return Run(Service(project), seed=5).whole(SHORT)


@pytest.mark.docker
@pytest.mark.alone
@pytest.mark.timeout(900)
def test_every_rung_is_above_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROFILE, "tiny")
    machine.ready()
    results = [(rung.name, measured(board.write(tmp_path / rung.name, ",".join(rung.mended)))) for rung in RUNGS]
    paces = {name: round(result.pace, 1) for name, result in results}
    assert not [(name, result.failed, result.causes[:1]) for name, result in results if result.failed]
    for (lower, below), (upper, above) in pairwise(results):
        assert above.pace > below.pace * (1 + NOISE), (lower, upper, paces)


def test_all_defects_stand_on_the_ladder() -> None:
    assert set(board.ladder()[-1].mended) == set(board.defects())
    assert len(board.defects()) >= 15
