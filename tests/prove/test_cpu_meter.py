"""What a demand costs: its own containers' seconds, and its part of what else was busy."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kikori.engine.inspection import cgroups
from kikori.engine.inspection import processes as processes_of_the_machine
from kikori.engine.inspection.processes import A_SECOND, Served, Work, processes
from kikori.engine.project import scenes
from kikori.errors import EnvironmentProblem
from kikori.grading import eventually
from kikori.prove import cpu_meter
from kikori.prove.cpu_meter import Meter


class Machine:
    """A machine whose cgroups and processes are moved by hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.served = self.engine = self.busy = 0.0
        self.used: dict[str, float] = {}

    def work(self, container: str, seconds: float, other: float = 0.0) -> None:
        """Let a container be busy, and what serves all scenes beside it."""
        self.used[container] = self.used.get(container, 0.0) + seconds
        self.served += other
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
    monkeypatch.setattr(Served, "seconds", lambda served: Work(found.served, found.engine))
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


def test_the_engines_work_goes_by_containers_those_of_others_too(machine: Machine) -> None:
    meter = Meter()
    with meter.account() as only:
        machine.engine += 4.0
        meter.look()
        assert only.seconds == pytest.approx(4.0)  # nobody else has a container
        only.scenes.add("kikori-a")
        for container in ("a1", "b1", "c9"):
            machine.work(container, 0.0)
        machine.engine += 4.0
    assert only.seconds == pytest.approx(4.0 + 4.0 * 2 / 4)


def test_demands_pay_for_all_that_the_engine_did_for_them(machine: Machine) -> None:
    meter = Meter()
    with meter.account() as first, meter.account() as second:
        first.scenes.add("kikori-a")
        second.scenes.add("kikori-b")
        machine.work("a1", 0.0)
        machine.engine += 6.0
    assert (first.seconds, second.seconds) == pytest.approx((4.0, 2.0))


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


BUSY = "import time; end = time.process_time() + {}\nwhile time.process_time() < end: pass"


@pytest.mark.slow
def test_what_was_started_here_is_counted_also_when_it_has_ended() -> None:
    served = Served()
    before = served.seconds().own
    subprocess.run([sys.executable, "-c", BUSY.format(0.5)], check=True)
    assert served.seconds().own - before >= 0.5


@pytest.mark.slow
def test_what_another_program_of_the_machine_does_is_not_counted() -> None:
    """Its parent has ended, so that it is nobody's child here."""
    started = f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', {BUSY.format(3)!r}]).pid)"
    served = Served()
    before = served.seconds().own
    number = int(subprocess.run([sys.executable, "-c", started], check=True, capture_output=True, text=True).stdout)
    eventually(lambda: processes()[number].own, lambda seconds: seconds >= 1, within=60)
    assert served.seconds().own - before < 1
    os.kill(number, signal.SIGKILL)


def test_a_shim_that_has_gone_was_at_work_and_its_container_has_a_cgroup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stat(number: int, name: str, parent: int, own: int, ended: int) -> None:
        place = tmp_path / str(number)
        place.mkdir(exist_ok=True)
        times = f"{own * A_SECOND} 0 {ended * A_SECOND} 0"
        (place / "stat").write_text(f"{number} ({name}) S {parent} 1 1 0 -1 4194560 1 0 0 0 {times} 20 0 1 0 1\n")

    monkeypatch.setattr(processes_of_the_machine, "PROC", tmp_path)
    stat(7, "dockerd", 1, own=5, ended=2)
    stat(8, "docker-proxy", 7, own=1, ended=0)
    stat(9, "containerd-shim", 1, own=3, ended=100)
    stat(10, "mariadbd (x) ", 9, own=50, ended=0)
    stat(11, "editor", 1, own=40, ended=0)
    served = Served()
    assert served.seconds() == Work(0, 5 + 2 + 1 + 3)
    shutil.rmtree(tmp_path / "9")
    stat(7, "dockerd", 1, own=6, ended=2)
    assert served.seconds() == Work(0, 6 + 2 + 1 + 3)


def test_process_that_ends_while_it_is_looked_at_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel answers ESRCH then, which pathlib's own search takes for a failure."""
    ended = str(os.getpid())

    asked = Path.stat

    def stat(path: Path, **how: bool) -> os.stat_result:
        if ended in path.parts:
            raise ProcessLookupError(errno.ESRCH, os.strerror(errno.ESRCH), str(path))
        return asked(path, **how)

    monkeypatch.setattr(Path, "stat", stat)
    assert processes()
