"""The retest on the picture board: a claim that is not reached, and what a restart loses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

import board
from kikori import host
from kikori.bench.result import Result
from kikori.bench.retest import TRIES, Retest, retest
from kikori.bench.run import Length, Run
from kikori.bench.target import PROFILE, Target, running_workspace
from kikori.content import Catalog

SHORT = Length(warm_up=1, load=4, step=0.5)

pytestmark = [pytest.mark.docker, pytest.mark.timeout(600), pytest.mark.stands_on("tune-the-board")]


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROFILE, "tiny")
    host.ready()


@contextmanager
def measured(workspace: Path) -> Iterator[tuple[Target, Result, Any]]:
    """A board that was measured once: its service, the result, and what the run wrote."""
    with running_workspace(Catalog().lab(board.LAB), workspace) as project:
        service = Target(project)
        run = Run(service, seed=3)
        yield service, run.whole(SHORT), run.scenario.probes()


def again(service: Target, claim: Result, probes: Any) -> tuple[Retest, list[Any]]:
    """A retest, and what it said was written."""
    seeds, kept = iter(range(4, 20)), []
    return retest(service, [claim], probes, SHORT, lambda: next(seeds), keep=kept.append), kept


@pytest.mark.long
def test_a_claim_out_of_reach_is_refused_after_three_tries(tmp_path: Path) -> None:
    with measured(board.write(tmp_path / "workspace", "all")) as (service, result, probes):
        assert result.passed, result.causes[:1]
        within_reach, _ = again(service, msgspec.structs.replace(result, points=result.points // 4), probes)
        assert within_reach.passed, within_reach.lost
        assert len(within_reach.tries) == 1
        beyond, kept = again(service, msgspec.structs.replace(result, points=result.points * 100), probes=None)
    assert not beyond.passed
    assert not beyond.reached
    assert len(beyond.tries) == len(kept) == TRIES
    assert beyond.lost == ()


def test_what_a_restart_loses_is_named_though_the_score_is_there_again(tmp_path: Path) -> None:
    with measured(board.write(tmp_path / "workspace", "all", "forgets-on-restart")) as (service, result, probes):
        assert result.passed, result.causes[:1]
        found, _ = again(service, msgspec.structs.replace(result, points=result.points // 4), probes)
    assert found.reached
    assert not found.passed
    assert found.lost
