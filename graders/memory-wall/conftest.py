"""What the kernel counts for the catalogue's container, and a crowd of readers who keep it busy."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import msgspec
import pytest

from kikori.errors import OurFault
from kikori.grading import Amount, Scene, amount, family, growth, in_words, say

SERVICE = "catalogue"
PATIENCE = 8
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
    """Ask the kernel; None where the container does not run."""

    def ask() -> Counted | None:
        try:
            return counted(scene.sidecar(SERVICE).read)
        except OurFault:
            return None

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
            "held": say("{:.1f} MiB of memory", "メモリー {:.1f} MiB").format(left.get("held", 0) / 2**20),
            "tasks": say("{} processes or threads", "プロセスまたはスレッド {} 個").format(left.get("tasks", 0)),
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


def worker(read: Callable[[str], bytes | None], pid: int) -> Worker | None:
    """What tells a process from the one that comes after it; nothing where it is small or has ended meanwhile."""
    try:
        status, stat = ((read(f"/proc/{pid}/{name}") or b"").decode("utf-8", "replace") for name in ("status", "stat"))
    except OurFault:
        return None
    held, words = re.search(r"^RssAnon:\s+(\d+) kB$", status, re.MULTILINE), stat.rpartition(")")[2].split()
    return (pid, words[19], words[25]) if held and int(held[1]) >= SMALL and len(words) > 25 else None


class Found(NamedTuple):
    """What a search brought; status 0 where the connection was cut or nothing came."""

    words: str
    status: int
    books: int
    titles: tuple[str, ...]


class Readers:
    """Readers who search, some of them at the same time."""

    def __init__(self, scene: Scene) -> None:
        self.clients = scene.clients
        self.address = scene.address(SERVICE) or "127.0.0.1:9"  # nobody listens there: every search fails, as it should

    def search(self, words: str, page: int = 1) -> Found:
        """One reader's search."""
        url = f"http://{self.address}/search?q={words.replace(' ', '+')}" + (f"&page={page}" if page > 1 else "")
        try:
            with self.clients.session() as session:
                answer = session.get(url, timeout=PATIENCE)
            content: dict[str, Any] = answer.json() if answer.status_code == 200 else {}
            titles = tuple(str(book["title"]) for book in content.get("books", ()))
            return Found(words, answer.status_code, int(content.get("found", 0)), titles)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):  # what requests raises is an OSError
            return Found(words, 0, 0, ())

    def search_all(self, words: Iterable[str], at_once: int) -> list[Found]:
        """Many searches, ``at_once`` of them at any time."""
        with ThreadPoolExecutor(at_once) as crowd:
            return list(crowd.map(self.search, words))


@pytest.fixture(scope="module")
def readers(scene: Scene) -> Readers:
    """The crowd at the door of this attempt's catalogue."""
    return Readers(scene)


class Over(Exception):
    """Nothing more is learned from this afternoon."""


class Afternoon:
    """Rounds of searches, each of which nobody has searched for before, until one leaves the service no larger."""

    def __init__(self, readers: Readers, account: Callable[[], Counted | None], subjects: dict[str, int]) -> None:
        self.readers = readers
        self.account = account
        self.subjects = subjects
        self.noon = account()
        self.searches = self.lost = self.wrong = self.kills = 0
        self.left: dict[str, int] = {}

    def go_on(self, searches: int) -> None:
        """One round more; the last one where something was lost."""
        names = list(self.subjects)
        words = [f"{names[i % len(names)]} about {time.time_ns():x}{i}" for i in range(searches)]
        found = self.readers.search_all(words, 4)
        self.searches += searches
        self.lost = sum(one.status != 200 for one in found)
        self.wrong = sum(one.status == 200 and one.books != self.subjects[one.words.split()[0]] for one in found)
        now = self.account()
        self.kills = now.kills - self.noon.kills if now and self.noon else 0
        if self.lost or self.wrong or self.kills:
            raise Over

    def spend(self, searches: int, look: Callable[[], Kept], most: dict[str, int], rounds: tuple[int, float]) -> None:
        """Look after each round; as many rounds as there is time for, after a small one that tells how long they take.

        Raises:
            OurFault: the service can't be looked at, although it answers.
        """
        begun = time.monotonic()
        try:
            self.go_on(searches // 4)
            each = 4 * (time.monotonic() - begun) + 1
            number = max(3, min(rounds[0], int(rounds[1] / each)))
            self.left = growth(look, lambda: self.go_on(searches), most, rounds=number, rest=0.5)
        except Over:
            return


@pytest.fixture(scope="module")
def begin_afternoon(readers: Readers, account: Callable[[], Counted | None]) -> Callable[[dict[str, int]], Afternoon]:
    """Noon."""
    return lambda subjects: Afternoon(readers, account, subjects)
