"""What the services of a scene take, as the engine counts it."""

from __future__ import annotations

import platform
import time
from collections.abc import Iterable
from os import cpu_count
from pathlib import Path
from typing import Any, NamedTuple

from kikori.bench.result import Machine, Usage
from kikori.runtime import Project
from kikori.runtime.engine import client, telling

MIB = 1024 * 1024


class Reading(NamedTuple):
    """The counters of one container at one moment."""

    at: float
    cpu: float
    """Seconds of CPU since it began."""
    memory: int
    disk: int
    cpus: float
    """How many CPUs it may take."""
    life: str
    """Changes when the container was started again or another took its place."""


def readings(project: Project) -> dict[str, Reading]:
    """The counters of every service now."""
    with telling():
        return {name: _reading(container.attrs) for name, container in project.containers().items()}


def _reading(attrs: dict[str, Any]) -> Reading:
    stats = client().api.stats(attrs["Id"], stream=False, one_shot=True)
    cpu = stats.get("cpu_stats", {}).get("cpu_usage", {}).get("total_usage", 0) / 1e9
    memory = stats.get("memory_stats", {})
    files = memory.get("stats", {})
    used = memory.get("usage", 0) - files.get("total_inactive_file", files.get("inactive_file", 0))
    disk = sum(
        entry["value"]
        for entry in stats.get("blkio_stats", {}).get("io_service_bytes_recursive") or ()
        if entry["op"].lower() in {"read", "write"}
    )
    cpus = attrs["HostConfig"]["NanoCpus"] / 1e9 or float(cpu_count() or 1)
    return Reading(time.monotonic(), cpu, used, disk, cpus, f"{attrs['Id'][:12]} {attrs['State']['StartedAt']}")


def usage(before: dict[str, Reading], after: dict[str, Reading]) -> Iterable[Usage]:
    """What every service took between two moments."""
    for name, end in sorted(after.items()):
        begin = before.get(name, end)
        allowed = max(end.at - begin.at, 0.001) * end.cpus
        yield Usage(
            service=name,
            cpu=round(max(0.0, end.cpu - begin.cpu) / allowed, 3),
            memory_mib=round(end.memory / MIB, 1),
            disk_mib=round(max(0, end.disk - begin.disk) / MIB, 1),
            restarted=end.life != begin.life,
        )


def machine(project: Project) -> Machine:
    """Where a run was measured."""
    found = project.containers()
    limits = {
        name: f"{about['NanoCpus'] / 1e9:g} CPU, {about['Memory'] // MIB} MiB"
        for name, about in ((name, container.attrs["HostConfig"]) for name, container in found.items())
    }
    images = {name: str(container.attrs["Image"]) for name, container in found.items()}
    return Machine(cpu=_cpu(), cores=cpu_count() or 1, limits=limits, images=images)


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
