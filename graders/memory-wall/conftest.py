"""What the kernel counts for the catalogue's container, and a crowd of readers who keep it busy."""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import pytest

from kikori.errors import OurFault
from kikori.grading import Scene

SERVICE = "catalogue"
PATIENCE = 8
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


def question(root: str = ROOT) -> str:
    """One command that prints every line of the files of either version, each behind its file's name."""
    files = " ".join(file for table in (V2, V1) for file, _ in table.values())
    return f"cd {root} && grep -sH '' {files}"


def counted(printed: str) -> Counted | None:
    """The account from what that command printed; None where it printed nothing that we know."""
    lines = re.findall(r"^([\w./]+):(?:(\w+) )?(\d+)$", printed, re.MULTILINE)
    numbers = {(file, word): int(number) for file, word, number in lines}
    for version, table in ((2, V2), (1, V1)):
        wanted = {name: [(file, word) for word in words] for name, (file, words) in table.items()}
        if all(place in numbers for places in wanted.values() for place in places):
            return Counted(version, **{name: sum(map(numbers.__getitem__, at)) for name, at in wanted.items()})
    return None


@pytest.fixture(scope="module")
def account(scene: Scene) -> Callable[[], Counted | None]:
    """Ask the kernel; None where not even the process that asks can be started in the container."""

    def ask() -> Counted | None:
        try:
            return counted(scene.host(SERVICE).run(question()).stdout)
        except OurFault:
            return None

    return ask


@pytest.fixture(scope="module")
def workers(scene: Scene) -> Callable[[], set[str]]:
    """The numbers of the service's own processes; what it starts and ends for a moment is not among them."""

    def look() -> set[str]:
        try:
            return set(scene.host(SERVICE).run("pgrep -x 'python3?[0-9.]*'").stdout.split())
        except OurFault:
            return set()

    return lambda: look() & look()


class Found(NamedTuple):
    """What a search brought; status 0 where the connection was cut or nothing came."""

    words: str
    status: int
    books: int
    titles: tuple[str, ...]


class Readers:
    """Readers who search, some of them at the same time."""

    def __init__(self, address: str | None) -> None:
        self.address = address or "127.0.0.1:9"  # nobody listens there: every search fails, as it should

    def search(self, words: str) -> Found:
        """One reader's search."""
        connection = http.client.HTTPConnection(self.address, timeout=PATIENCE)
        try:
            connection.request("GET", f"/search?q={words.replace(' ', '+')}")
            answer = connection.getresponse()
            content: dict[str, Any] = json.loads(answer.read()) if answer.status == 200 else {}
            titles = tuple(str(book["title"]) for book in content.get("books", ()))
            return Found(words, answer.status, int(content.get("found", 0)), titles)
        except (OSError, http.client.HTTPException, ValueError, TypeError, KeyError, AttributeError):
            return Found(words, 0, 0, ())
        finally:
            connection.close()

    def search_all(self, words: Iterable[str], at_once: int) -> list[Found]:
        """Many searches, ``at_once`` of them at any time."""
        with ThreadPoolExecutor(at_once) as crowd:
            return list(crowd.map(self.search, words))


@pytest.fixture(scope="module")
def readers(scene: Scene) -> Readers:
    """The crowd at the door of this attempt's catalogue."""
    return Readers(scene.address(SERVICE))


class Afternoon:
    """Rounds of searches, each of which nobody has searched for before, and what the kernel counts after each."""

    def __init__(self, readers: Readers, account: Callable[[], Counted | None]) -> None:
        self.readers = readers
        self.account = account
        self.seen: list[Counted | None] = [account()]
        self.lost = 0
        self.searches = 0

    def go_on(self, words: list[str]) -> None:
        """One round more."""
        self.lost += sum(found.status != 200 for found in self.readers.search_all(words, 4))
        self.searches += len(words)
        self.seen.append(self.account())

    @property
    def kills(self) -> int:
        """How many processes the kernel has ended since noon."""
        first, last = self.seen[0], self.seen[-1]
        return last.kills - first.kills if first and last else 0

    @property
    def growth(self) -> int:
        """By how many bytes each of the last two rounds made the service larger; one alone says little."""
        before, after = self.seen[-3], self.seen[-1]
        return (after.held - before.held) // 2 if before and after else 0


@pytest.fixture(scope="module")
def spend_afternoon(
    readers: Readers, account: Callable[[], Counted | None]
) -> Callable[[int, int, int, float], Afternoon]:
    """Searches until a round leaves the service no larger, until something is lost, or until it is late."""

    def spend(rounds: int, searches: int, flat: int, seconds: float) -> Afternoon:
        afternoon, begun = Afternoon(readers, account), time.monotonic()
        for number in range(rounds):
            tag = f"{time.time_ns():x}"
            subjects = ("bridges", "history", "insects", "poetry")
            afternoon.go_on([f"{subjects[i % 4]} about {tag}{i}" for i in range(searches)])
            late = time.monotonic() - begun > seconds
            if late or afternoon.kills or (number > 1 and afternoon.growth < flat):
                break
        return afternoon

    return spend
