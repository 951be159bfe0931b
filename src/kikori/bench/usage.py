"""What services and everything else took of the machine during a load, so far as it tells."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterable
from os import cpu_count
from pathlib import Path
from typing import Any, NamedTuple

from kikori.bench.result import HostLoad, Machine, Usage
from kikori.engine import Project
from kikori.engine.client import client, translate_errors

MIB = 1024 * 1024
STAT = Path("/proc/stat")
TICK = os.sysconf("SC_CLK_TCK")


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
    with translate_errors():
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


class Clock(NamedTuple):
    """Seconds of processor time since they began to be counted, of all cores together."""

    at: float
    generator: float
    idle: float
    stolen: float
    """Given to others by the host of a virtual machine."""


def clock() -> Clock:
    """The time now; where the machine does not tell (no Linux), nothing of it is idle or stolen."""
    idle = stolen = 0.0
    if STAT.is_file():
        ticks = [int(word) / TICK for word in STAT.read_text(encoding="ascii").splitlines()[0].split()[1:]]
        idle, stolen = ticks[3] + ticks[4], ticks[7]
    return Clock(time.monotonic(), time.process_time(), idle, stolen)


def host_load(before: Clock, after: Clock, begin: dict[str, Reading], end: dict[str, Reading]) -> HostLoad | None:
    """What the machine did between two moments, beside services and generator; None where it does not tell."""
    if not STAT.is_file():
        return None
    whole = max(after.at - before.at, 0.001) * (os.cpu_count() or 1)
    stolen = after.stolen - before.stolen
    busy = whole - (after.idle - before.idle) - stolen
    services = sum(max(0.0, now.cpu - begin.get(name, now).cpu) for name, now in end.items())
    others = busy - services - (after.generator - before.generator)
    return HostLoad(busy=_share(busy, whole), others=_share(others, whole), stolen=_share(stolen, whole))


def _share(part: float, whole: float) -> float:
    return round(min(1.0, max(0.0, part / whole)), 3)
