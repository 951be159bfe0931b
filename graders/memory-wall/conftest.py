"""What the kernel counts for the catalogue's container, and which processes are in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import msgspec
import pytest

from kikori.errors import OurFault
from kikori.grading import Amount, Scene, amount, family, in_words, reasons, say

reason = reasons(__file__)

SERVICE = "catalogue"
SMALL = 2048
"""KiB of memory of its own, below which a process is none that anything would be gained by ending: a shell, a sleep."""
ROOT = "/sys/fs/cgroup"

# Where each version of cgroups has a number: the file below ROOT, and the line's first word where it has several.
V2 = {
    "kills": ("memory.events", ("oom_kill",)),
    "held": ("memory.stat", ("anon", "shmem")),
    "processes": ("pids.current", ("",)),
    "refused": ("pids.events", ("max",)),
}
V1 = {
    "kills": ("memory/memory.oom_control", ("oom_kill",)),
    "held": ("memory/memory.stat", ("total_rss", "total_shmem")),
    "processes": ("pids/pids.current", ("",)),
    "refused": ("pids/pids.events", ("max",)),
}


class Counted(NamedTuple):
    """The kernel's account of one container."""

    version: int
    kills: int
    """Processes that it ended because the memory limit was met, since the container was started."""
    held: int
    """Bytes that can't be dropped: the processes' own memory, and files that live in memory."""
    processes: int
    refused: int
    """New processes that it refused because the limit was met."""


def counted(read: Callable[[str], bytes | None]) -> Counted | None:
    """The account from the files of either version; None where there is nothing that we know."""
    texts = {file: (read(f"{ROOT}/{file}") or b"").decode() for table in (V2, V1) for file, _ in table.values()}
    lines = {file: re.findall(r"^(?:(\w+) )?(\d+)$", text, re.MULTILINE) for file, text in texts.items()}
    numbers = {(file, word): int(number) for file, found in lines.items() for word, number in found}
    for version, table in ((2, V2), (1, V1)):
        wanted = {name: [(file, word) for word in words] for name, (file, words) in table.items()}
        if all(place in numbers for places in wanted.values() for place in places):
            return Counted(version, **{name: sum(map(numbers.__getitem__, at)) for name, at in wanted.items()})
    return None


@pytest.fixture(scope="module")
def account(scene: Scene) -> Callable[[], Counted | None]:
    """Ask the kernel; None where the container does not run.

    Raises:
        OurFault: it runs, and its files are of neither version.
    """

    def ask() -> Counted | None:
        begun = scene.inspect(SERVICE)["State"]
        try:
            found = counted(scene.sidecar(SERVICE).read)
        except OurFault:
            return None
        now = scene.inspect(SERVICE)["State"]
        if found is None and now["Running"] and now["StartedAt"] == begun["StartedAt"]:
            raise OurFault("the kernel's account of the container is in none of the known files", "kikori doctor")
        return found

    return ask


class Kept(Amount):
    """What the service has at one moment of all that searches and holds can leave behind."""

    held: int
    """Bytes of memory that can't be dropped."""
    tasks: int
    """Processes and threads of the container, those that have ended among them."""


@pytest.fixture(scope="module")
def kept(scene: Scene, account: Callable[[], Counted | None]) -> Callable[[], Kept]:
    """Look beside the container, and into the kernel's account; an ``OurFault`` where it does not run."""

    def look() -> Kept:
        left, count = msgspec.structs.asdict(amount(scene, SERVICE)), account()
        return Kept(**left, held=count.held if count else 0, tasks=count.processes if count else 0)

    return look


@pytest.fixture(scope="module")
def listed() -> Callable[[dict[str, int]], str]:
    """What is too much, as a reason says it."""

    def words(left: dict[str, int]) -> str:
        ours = {
            "held": reason("words").format(left.get("held", 0) / 2**20),
            "tasks": reason("words-2").format(left.get("tasks", 0)),
        }
        others = {name: by for name, by in left.items() if name not in ours}
        found = [ours[name] for name in left if name in ours] + ([in_words(others)] if others else [])
        return say(" and ", "、").join(found)

    return words


Worker = tuple[int, str, str]
"""The number of a process, when it was started, and where its stack begins: another program has another place."""


@pytest.fixture(scope="module")
def workers(scene: Scene) -> Callable[[], set[Worker]]:
    """The first process of the service and what descends from it, whatever it is called, if it holds much itself."""

    def look() -> set[Worker]:
        try:
            beside, first = scene.sidecar(SERVICE), int(scene.inspect(SERVICE)["State"]["Pid"])
            own = {one.pid for one in family(beside.processes(), first)}
            inside = [one.inside for one in beside.descriptors() if one.pid in own]
        except OurFault:
            return set()
        return {found for pid in inside if (found := worker(beside.read, pid))}

    return look


def replaced(noon: set[Worker], evening: set[Worker]) -> int:
    """How many processes have gone, where others have come in their place or none is left."""
    return len(noon - evening) if evening - noon or not evening else 0


def worker(read: Callable[[str], bytes | None], pid: int) -> Worker | None:
    """What tells a process from the one that comes after it; nothing where it is small or has ended meanwhile."""
    try:
        status, stat = ((read(f"/proc/{pid}/{name}") or b"").decode("utf-8", "replace") for name in ("status", "stat"))
    except OurFault:
        return None
    held, words = re.search(r"^RssAnon:\s+(\d+) kB$", status, re.MULTILINE), stat.rpartition(")")[2].split()
    return (pid, words[19], words[25]) if held and int(held[1]) >= SMALL and len(words) > 25 else None
