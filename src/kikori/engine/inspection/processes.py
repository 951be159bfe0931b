"""How long Kikori's own processes and the engine's have worked, as /proc tells; others of the machine are left out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
ENGINE = ("dockerd", "containerd")
SHIM = "containerd-shim"
"""Stands beside each container, as a child of init; the container's processes are its children, and have a cgroup."""
A_SECOND = os.sysconf("SC_CLK_TCK")


class Process(NamedTuple):
    """A process, and what it has worked."""

    name: str
    parent: int
    own: float
    """Seconds of processor."""
    ended: float
    """Seconds of its children that have ended."""


class Work(NamedTuple):
    """Seconds of processor of what serves scenes."""

    own: float
    """Of this process, and of what it starts."""
    engine: float
    """Of the engine, which serves other programs as well."""


class Served:
    """Counts the seconds of processor of what serves scenes: this process, the engine, and what they start."""

    def __init__(self) -> None:
        self._shims: dict[int, float] = {}
        self._gone = 0.0

    def seconds(self) -> Work:
        """Sum up the seconds so far; what ended is counted by whoever started it."""
        found = processes()
        engine = {number for number, one in found.items() if one.name in ENGINE}
        shims = {number: one.own for number, one in found.items() if one.name.startswith(SHIM)}
        self._gone += sum(seconds for number, seconds in self._shims.items() if number not in shims)
        self._shims = shims
        own, engines = (_work(found, begins) for begins in ({os.getpid()}, engine))
        return Work(own, engines + self._gone + sum(shims.values()))


def processes() -> dict[int, Process]:
    """List the processes of the machine: proc_pid_stat(5); none where there is no /proc."""
    found = {}
    for place in PROC.iterdir() if PROC.is_dir() else ():
        if not place.name.isdecimal():
            continue
        try:  # pathlib's glob asks for the file first, and is answered ESRCH by a process that is about to end
            before, _, after = (place / "stat").read_text().rpartition(")")
        except OSError:
            continue  # it has ended
        fields = after.split()
        own, ended = (sum(map(int, fields[at : at + 2])) / A_SECOND for at in (11, 13))
        found[int(place.name)] = Process(before.partition("(")[2], int(fields[1]), own, ended)
    return found


def _work(found: dict[int, Process], begins: set[int]) -> float:
    """Sum up what processes and their children have worked."""
    return sum(found[number].own + found[number].ended for number in _with_children(found, begins))


def _with_children(found: dict[int, Process], begins: set[int]) -> set[int]:
    """Add the children of processes, and theirs; not those of shims, which are in containers."""
    under: dict[int, list[int]] = {}
    for number, one in found.items():
        under.setdefault(one.parent, []).append(number)
    known, left = set[int](), [number for number in begins if number in found]
    while left:
        number = left.pop()
        if number not in known and not found[number].name.startswith(SHIM):
            known.add(number)
            left += under.get(number, [])
    return known
