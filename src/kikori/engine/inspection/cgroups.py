"""What running containers do with the processors, as the kernel's control groups tell."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

BUILDER = "buildkit"
"""The engine's own cgroup for builds, beside those of containers."""
CGROUPS = Path("/sys/fs/cgroup")
PLACES = ("cpuacct/docker/*/cpuacct.usage", "docker/*/cpu.stat", "system.slice/docker-*.scope/cpu.stat")
"""Where a container's use is told: cgroup v1, v2 under cgroupfs, v2 under systemd."""
THREADS = ("cpuacct/docker/{}/tasks", "docker/{}/cgroup.threads", "system.slice/docker-{}.scope/cgroup.threads")
PROC = Path("/proc")


def used() -> dict[str, float]:
    """Read the seconds of processor of each running container, by its id."""
    return {name: seconds for name, seconds in _all_used().items() if name != BUILDER}


def built() -> float:
    """Read the seconds of processor of the engine's builds so far."""
    return _all_used().get(BUILDER, 0.0)


def _all_used() -> dict[str, float]:
    return {_container(path): _seconds(path) for pattern in PLACES for path in CGROUPS.glob(pattern)}


def _container(path: Path) -> str:
    return path.parent.name.removeprefix("docker-").removesuffix(".scope")


def _seconds(path: Path) -> float:
    """Read a cgroup's use: nanoseconds, or microseconds in cpu.stat."""
    text = _text(path) or "0 0"
    return int(text.split()[1]) / 1e6 if path.name == "cpu.stat" else int(text.split()[0]) / 1e9


def running(containers: Collection[str]) -> int:
    """Count the threads of some containers that run or wait for a processor at this moment."""
    places = (CGROUPS / place.format(one) for one in containers for place in THREADS)
    return sum(_runs(number) for place in places for number in _text(place).split())


def _runs(thread: str) -> bool:
    """Tell whether a thread is in the state R: proc_pid_stat(5), after the name in brackets."""
    return _text(PROC / thread / "stat").rpartition(")")[2].startswith(" R")


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""  # it went meanwhile, or is not told so on this kernel
