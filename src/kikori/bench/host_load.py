"""What else went on while a service was measured, so far as the machine tells."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

from kikori.bench.result import HostLoad
from kikori.bench.usage import Reading

STAT = Path("/proc/stat")
TICK = os.sysconf("SC_CLK_TCK")


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
