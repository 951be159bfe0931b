"""The golden ladder: what stands on it, and what its benchmark refuses; benchmarks/board.py has the speeds."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import board
from kikori import host, paths
from kikori.bench.run import Length, Run
from kikori.bench.target import PROFILE, Target, running_workspace
from kikori.content import Catalog

SHORT = Length(warm_up=1, load=4, step=0.5)


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """Load benchmarks/board.py as a module."""
    spec = importlib.util.spec_from_file_location("board_benchmark", paths.ROOT / "benchmarks/board.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rung(name: str, *paces: float, failed: str = "") -> tuple[str, list[SimpleNamespace]]:
    return name, [SimpleNamespace(pace=pace, failed=failed) for pace in paces]


# Only a rung midway: test_board_cheats.py has the untouched board and the one with all mended.
@pytest.mark.docker
@pytest.mark.stands_on("tune-the-board")
@pytest.mark.timeout(600)
def test_a_rung_midway_fails_no_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROFILE, "tiny")
    host.ready()
    mended = next(rung.mended for rung in board.ladder() if rung.name == "twenty-rows")
    with running_workspace(Catalog().lab(board.LAB), board.write(tmp_path / "workspace", ",".join(mended))) as project:
        result = Run(Target(project), seed=5).whole(SHORT)
    assert not result.failed, (result.failed, result.causes[:1])


def test_all_defects_stand_on_the_ladder() -> None:
    assert set(board.ladder()[-1].mended) == set(board.defects())
    assert len(board.defects()) >= 15


def test_the_coarse_rungs_stand_on_the_ladder(benchmark: ModuleType) -> None:
    assert tuple(rung.name for rung in benchmark.coarse()) == benchmark.COARSE


def test_a_ladder_that_climbs_is_let_pass(benchmark: ModuleType) -> None:
    assert benchmark.lapses([rung("untouched", 2.0, 1.0, 3.0), rung("index", 8.0, 2.0, 9.0)]) == []


@pytest.mark.parametrize("above", [2.0, 2.1, 1.0])
def test_a_rung_within_chance_of_the_one_before_is_refused(benchmark: ModuleType, above: float) -> None:
    said = benchmark.lapses([rung("untouched", 2.0), rung("index", above), rung("files", 9.0)])
    assert said == [f"index: {above} points a second, untouched: 2.0"]


def test_a_rung_that_fails_is_refused_however_fast(benchmark: ModuleType) -> None:
    assert benchmark.lapses([rung("untouched", 2.0), rung("index", 8.0, failed="lost")]) == ["index: failed by lost"]
