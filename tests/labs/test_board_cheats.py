"""Every cheating or broken variant of the picture board is caught by the benchmark, at the rule that it breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

import board
from drawn import drawn
from kikori import host
from kikori.bench.run import Length, Run
from kikori.bench.target import PROFILE, Target, running_workspace
from kikori.content import Catalog
from kikori.engine import Silent

SHORT = Length(warm_up=1, load=4, step=0.5)

pytestmark = [pytest.mark.docker, pytest.mark.timeout(600), pytest.mark.stands_on("tune-the-board")]


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROFILE, "tiny")
    host.ready()


def breaches(workspace: Path) -> tuple[dict[str, int], list[str]]:
    """What a short run finds; and where it finds nothing, what is lost after a restart."""
    with running_workspace(Catalog().lab(board.LAB), workspace) as project:
        run = Run(Target(project), seed=7)
        result = run.whole(SHORT)
        found, seen = dict(result.breaches), [str(cause) for cause in result.causes]
        if result.passed:
            kept = run.scenario.probes()
            project.restart(Silent(), 60)
            again, _ = Run(Target(project), seed=8).checked(lambda scenario: scenario.read_again(kept), fresh=False)
            found, seen = dict(again.breaches), [str(cause) for cause in again.causes]
        return found, seen


@pytest.mark.parametrize("name", drawn(list(board.cheats()), 8))
def test_cheat_is_caught_at_its_rule(tmp_path: Path, name: str) -> None:
    found, seen = breaches(board.write(tmp_path / "workspace", "all", name))
    assert board.cheats()[name]["rule"] in found, (found, seen[:3])


@pytest.mark.parametrize("mended", ["", "all"])
def test_what_is_honest_passes_and_lives_through_a_restart(tmp_path: Path, mended: str) -> None:
    found, seen = breaches(board.write(tmp_path / "workspace", mended))
    assert not found, seen[:3]


def test_there_are_at_least_fifteen() -> None:
    assert len(board.cheats()) >= 15
