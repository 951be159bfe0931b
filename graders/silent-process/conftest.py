"""Orders placed as customers place them, and the delivery notes that come of them."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import NamedTuple

import pytest

from kikori.grading import Amount, Scene, amount, eventually, growth, in_words, reasons, say

reason = reasons(__file__)

HOME = "/var/lib/notes"
PARCELS = "/var/lib/town/parcels"
TASKS = ("/sys/fs/cgroup/pids.current", "/sys/fs/cgroup/pids/pids.current")
"""Where each version of cgroups counts a container's processes and threads."""
ORDERS = 4
FIRST = 9.0
"""Seconds until the first note; a clerk may still stand in the last five-second wait that began before the fix."""
NEXT = 4.5
"""Seconds from each note to the next, be it one of those that waited. Where a dead name server is asked first it is 5
every time; a clerk that tries a dead address only once after its start may take some seconds for that note."""
MOST_WAITED = 80.0
"""Seconds for all of them, whatever waited before."""
ROUND = 6
"""Orders that are placed, and whose notes have come, before anybody looks what they left behind."""
MOST = {
    **{"processes": 2, "ended": 2, "tasks": ROUND - 2},
    **{"descriptors": 3, "connections": 3, "files": ROUND + 3, "bytes": 2**18},
}
"""What a round may leave: a note each, and what its lines in the register and the logs take."""
CALM = 5
"""Looks, half a second apart, in which the wall says the same: whoever counts may look only now and then."""
LATE = 8.0
"""Seconds that the wall may be behind the notes."""
CUSTOMERS = ("Arai", "Baba", "Chiba", "Eguchi", "Fujii", "Goto", "Hori", "Iida", "Kida", "三浦 花子", "Nishi", "Oka")
QUOTED = ("O'Hara & Sons", "D'Angelo; Rossi", 'L\'Heure du "Thé"', "Mc'Kay <Glasgow>")
"""Customers whose names mean something to a shell."""
ITEMS = ("bancha 300 g", "genmaicha 200 g", "gyokuro 50 g", "hojicha 100 g", "kukicha 150 g", "sencha 80 g")


class Order(NamedTuple):
    """An order that the desk took."""

    number: str
    customer: str
    words: str
    """What stands on its note."""


class Desk:
    """Where orders go in, and what the server's files say of them."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.up = scene.state("notes") == "running"
        self.chance = scene.draw("orders")
        self.placed: list[str] = []
        self.hands: set[str] = set()
        """The clerks that were seen with one of these orders in hand."""

    def place(self, customers: tuple[str, ...] = CUSTOMERS) -> Order | None:
        """Order tea; gives nothing where the desk does not take it."""
        asked = {
            "customer": self.chance.choice(customers),
            "item": self.chance.choice(ITEMS),
            "count": self.chance.randint(1, 9),
        }
        try:
            number = str(json.loads(self.scene.ask("POST", "notes", "/orders", json=asked).text)["order"])
        except (ValueError, KeyError, TypeError):
            return None
        self.placed.append(number)
        return Order(number, str(asked["customer"]), "{count} x {item} for {customer}".format(**asked))

    def text(self, path: str) -> str:
        """What a file says that may be written to at this moment; empty where there is none."""
        return (self.scene.sidecar("notes").read(path) or b"").decode("utf-8", "replace") if self.up else ""

    def register(self) -> list[list[str]]:
        """The register's lines: number, order, tracking number."""
        return [[*line.split(";"), "", ""][:3] for line in self.text(f"{HOME}/register.csv").splitlines()]

    def taken(self) -> set[str]:
        """Every order that was ever taken and not taken back."""
        rows = [[*line.split(), "", "", ""][1:3] for line in self.text(f"{HOME}/orders.log").splitlines()]
        return {row[1] for row in rows if row[0] == "taken"} - {row[1] for row in rows if row[0] == "cancelled"}

    def lying(self, *folders: str) -> dict[str, int]:
        """Orders that have a file in some folders, and its size."""
        found = self.scene.sidecar("notes").files(*(f"{HOME}/{folder}" for folder in folders)) if self.up else ()
        return {file.path.rpartition("/")[2].split(".")[0]: file.size for file in found if file.kind == "file"}

    def customers(self) -> set[str]:
        """For whom notes were printed."""
        texts = (self.text(f"{HOME}/out/{order}.txt") for order in self.lying("out"))
        return {line.rpartition(" for ")[2] for note in texts for line in note.splitlines() if " for " in line}

    def counted(self) -> int:
        """What /tally says; -1 where that is no number."""
        seen = self.scene.get("notes", "/tally").text.strip()
        return int(seen) if seen.isdecimal() else -1

    def on_the_wall(self) -> int:
        """What the page on the wall says was counted; -1 where it says no number."""
        found = re.search(r"^Notes counted: (\d+)\s*$", self.scene.get("notes", "/").text, re.MULTILINE)
        return int(found[1]) if found else -1

    def look_at_hands(self) -> None:
        """Note which clerks have an order of these in hand at this moment."""
        for file in self.scene.sidecar("notes").files(f"{HOME}/work") if self.up else ():
            path = PurePosixPath(file.path)
            if path.name.split(".")[0] in self.placed:
                self.hands.add(path.parent.name)

    def works(self, clerk: str) -> bool:
        """Whether a clerk had one of these orders, as its folder or its log shows."""
        log = self.text(f"/var/log/notes/{clerk}.log")
        return clerk in self.hands or any(number in log for number in self.placed)

    def inode(self, path: str) -> int:
        """Which file a path leads to in the end, by its number; 0 where it leads nowhere."""
        for _ in range(8 if self.up else 0):
            found = self.scene.sidecar("notes").at(path)
            if not found or found[0].kind != "link":
                return found[0].inode if found else 0
            path = str(PurePosixPath(path).parent / found[0].target)
        return 0

    def batch(self, count: int) -> "Batch":
        """Place a few orders at once."""
        return Batch(self, count)

    def parcels(self) -> dict[str, tuple[str, str]]:
        """What the carrier has booked: reference and receiver, by tracking number."""
        lines = (self.scene.sidecar("carrier").read(PARCELS, 2**23) or b"").decode().splitlines()
        rows = [json.loads(line) for line in lines]
        return {row["tracking"]: (str(row["reference"]), str(row["to"])) for row in rows}

    @contextmanager
    def carrier_away(self) -> Iterator[None]:
        """Let the carrier answer nobody.

        Raises:
            OurFault: it can't be made to.
        """
        with self.scene.paused("carrier"):
            yield


class Left(Amount):
    """What the server has, at one moment, of all that orders can leave behind."""

    tasks: int
    """Its processes and threads, as the kernel counts them for its limit."""


def left(scene: Scene) -> Left:
    """Count what the server has, threads among it."""
    seen, beside = amount(scene, "notes"), scene.sidecar("notes")
    tasks = next(filter(None, map(beside.read, TASKS)), b"0")
    return Left(**{name: getattr(seen, name) for name in Amount.__struct_fields__}, tasks=int(tasks))


class Batch:
    """A few orders placed at once, and the notes that came of them."""

    def __init__(self, desk: Desk, count: int) -> None:
        self.desk = desk
        self.before = desk.register()
        kinds = [QUOTED if place % 2 else CUSTOMERS for place in range(count)]
        self.orders = [order for order in map(desk.place, kinds) if order]
        self.notes: dict[str, str] = {}
        self.silent = 0.0
        """For how long no note came, when that was too long to wait on."""

    def take_one_back(self) -> None:
        """Order once more and take that back before its turn; where it is too late, a note of it is due too."""
        order = self.desk.place()
        if order and self.desk.scene.ask("DELETE", "notes", f"/orders/{order.number}").status != 200:
            self.orders.append(order)

    def wait(self) -> None:
        """Collect the notes, for as long as notes come at all: those that waited before come first."""
        printed, patience, end = self.look(), FIRST, time.monotonic() + MOST_WAITED
        while len(self.notes) < len(self.orders) and time.monotonic() < end:
            seen = eventually(self.look, lambda now: now != printed, within=patience)  # noqa: B023
            if seen == printed:
                self.silent = patience
                break
            printed, patience = seen, NEXT
        for order in self.orders:
            if order.number not in self.notes:
                self.desk.scene.ask("DELETE", "notes", f"/orders/{order.number}")  # nobody waits for it any more

    def came(self) -> int:
        """How many of these orders have their notes by now."""
        self.look()
        return len(self.notes)

    def look(self) -> int:
        """How many notes were ever printed; those of these orders are kept."""
        self.desk.look_at_hands()
        printed = len(self.desk.lying("out"))
        for order in self.orders:
            if order.number not in self.notes:
                answer = self.desk.scene.get("notes", f"/notes/{order.number}")
                if answer.status == 200 and order.words in answer.text:
                    self.notes[order.number] = answer.text
        return printed

    def added(self) -> list[list[str]]:
        """The register from the line on that was its last when the orders were placed."""
        return self.desk.register()[max(len(self.before) - 1, 0) :]


class Quiet:
    """Rounds of orders, placed when nothing waited any more."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        eventually(lambda: desk.lying("in", "work"), lambda waiting: not waiting, within=NEXT)
        self.left: dict[str, int] = {}
        self._count(self._grow)
        if self.counted - self.counted_before != self.printed:
            self._count(self._work)  # whoever counts may have been started after the first look
        self.shown = eventually(desk.on_the_wall, lambda seen: seen == self.counted, within=NEXT)
        self.notes = len(desk.lying("out"))

    def _count(self, work: Callable[[], None]) -> None:
        """What the wall says before and after some work, and how many notes came of that."""
        self.counted_before = self._settled()
        printed = len(self.desk.lying("out"))
        work()
        self.printed = len(self.desk.lying("out")) - printed
        due = self.counted_before + self.printed
        eventually(self.desk.counted, lambda seen: seen >= due, within=LATE, every=0.3)
        self.counted = self._settled()

    def _work(self) -> None:
        batch = Batch(self.desk, ROUND)
        batch.take_one_back()
        batch.wait()

    def _grow(self) -> None:
        self.left = growth(lambda: left(self.desk.scene), self._work, MOST)

    def in_words(self) -> str:
        """What is left, as a reason says it; threads are told of where they are no processes."""
        others = {name: by for name, by in self.left.items() if name != "tasks"}
        words = [in_words(others)] if others else []
        if tasks := 0 if {"processes", "ended"} & others.keys() else self.left.get("tasks", 0):
            words.append(reason("in-words", tasks=tasks))
        return say(" and ", "、").join(words)

    def _settled(self) -> int:
        """What the wall says once it goes on saying the same."""
        counts: list[int] = []

        def calm() -> bool:
            counts.append(self.desk.counted())
            return len(counts) >= CALM and len(set(counts[-CALM:])) == 1

        eventually(calm, bool, within=10, every=0.5)
        return counts[-1]


@pytest.fixture(scope="module")
def desk(scene: Scene) -> Desk:
    """The server of this grading, once it answers."""
    if scene.state("carrier") == "paused":  # a check that was cut short may have left it so
        scene.docker("unpause", str(scene.inspect("carrier")["Id"]))
    found = Desk(scene)
    eventually(lambda: scene.get("notes", "/health"), lambda seen: seen.status == 200, within=6 if found.up else 0)
    return found


@pytest.fixture(scope="module")
def batch(desk: Desk) -> Batch:
    """The orders of this grading."""
    return Batch(desk, ORDERS)


@pytest.fixture(scope="module")
def quiet(desk: Desk) -> Quiet:
    """Rounds of orders on a server that has nothing else to do."""
    return Quiet(desk)
