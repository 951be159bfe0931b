"""What a demand costs: its own containers' seconds, and its part of what else was busy."""

from __future__ import annotations

from pathlib import Path

import pytest

from kikori.engine.inspection import cgroups
from kikori.engine.project import scenes
from kikori.errors import EnvironmentProblem
from kikori.prove import cpu_meter
from kikori.prove.cpu_meter import Meter


class Machine:
    """A machine whose cgroups and clock are moved by hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.busy = 0.0
        self.used: dict[str, float] = {}

    def work(self, container: str, seconds: float, other: float = 0.0) -> None:
        """Let a container be busy, and other things beside it."""
        self.used[container] = self.used.get(container, 0.0) + seconds
        self.busy += seconds + other
        self.write(container)

    def write(self, container: str) -> None:
        place = self.folder / "cpuacct/docker" / container
        place.mkdir(parents=True, exist_ok=True)
        (place / "cpuacct.usage").write_text(f"{round(self.used[container] * 1e9)}\n")


class UnifiedMachine(Machine):
    """The same with cgroup v2 under systemd."""

    def write(self, container: str) -> None:
        place = self.folder / f"system.slice/docker-{container}.scope"
        place.mkdir(parents=True, exist_ok=True)
        (place / "cpu.stat").write_text(f"usage_usec {round(self.used[container] * 1e6)}\nuser_usec 1\n")


@pytest.fixture(params=[Machine, UnifiedMachine])
def machine(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    found: Machine = request.param(tmp_path)
    monkeypatch.setattr(cgroups, "CGROUPS", tmp_path)
    monkeypatch.setattr(cpu_meter, "_busy", lambda: found.busy)
    monkeypatch.setattr(cpu_meter, "containers_of_projects", lambda: {"a1": "kikori-a", "b1": "kikori-b"})
    return found


def test_each_pays_for_its_own_containers_and_all_for_the_rest(machine: Machine) -> None:
    meter = Meter()
    with meter.account() as first:
        first.scenes.add("kikori-a")
        machine.work("a1", 2.0)
        with meter.account() as second:
            second.scenes.add("kikori-b")
            machine.work("b1", 5.0, other=4.0)
            meter.look()
            machine.work("a1", 1.0)
    assert second.seconds == pytest.approx(5.0 + 2.0)
    assert first.seconds + second.seconds == pytest.approx(machine.busy)


def test_what_somebody_elses_container_uses_is_not_paid_for(machine: Machine) -> None:
    meter = Meter()
    with meter.account() as only:
        machine.work("c9", 3.0, other=1.0)
    assert only.seconds == pytest.approx(1.0)


def test_builds_are_shared_and_an_engine_that_is_away_ends_nothing(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> dict[str, str]:
        raise EnvironmentProblem("Docker does not answer.")

    monkeypatch.setattr(cpu_meter, "containers_of_projects", away)
    meter = Meter()
    with meter.account() as only:
        only.scenes.add("kikori-a")
        machine.work("buildkit", 2.0)
        machine.work("a1", 5.0)
        meter.look()
        monkeypatch.setattr(cpu_meter, "containers_of_projects", lambda: {"a1": "kikori-a"})
        machine.work("a1", 3.0)
    assert only.seconds == pytest.approx(2.0 + 3.0)


def test_a_container_that_begins_anew_is_not_paid_back(machine: Machine) -> None:
    meter = Meter()
    with meter.account() as only:
        only.scenes.add("kikori-a")
        machine.work("a1", 3.0)
        meter.look()
        machine.used["a1"] = 0.0
        machine.work("a1", 1.0)
    assert only.seconds == pytest.approx(4.0)


def test_a_demand_hears_of_every_scene_that_it_makes() -> None:
    with Meter().account() as account:
        found = scenes.get()
        assert found is account.scenes
    assert scenes.get() is None
