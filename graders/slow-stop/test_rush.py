"""Does the stand take a whole lunch rush, and what do the orders leave behind?"""

import contextlib
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import pytest
from leftovers import leftovers, told

from kikori.errors import OurFault
from kikori.grading import Scene, amount, eventually, growth, quoted, reasons

reason = reasons(__file__)

COLD = "pickles"
"""A dish that needs no cooking."""
ROUND = 12
"""Cold dishes that are ordered, served and struck before anybody looks what they left behind."""
ALONE = 9
"""Cold dishes that are ordered one after the other, with a look after each of them."""
SELDOM = 3
"""How many of those may leave something: a customer may come meanwhile, and a log may begin a new file."""
KINDS = ("processes", "ended", "descriptors", "connections", "files")
"""What is looked for then; a log of all orders may grow, and a pool may have more threads."""
REST = 3.0
"""Seconds that the service has to tidy up after one of them."""
MORE = 36
"""Orders that follow: with two rounds and those, more than the platform gives places to processes."""
PARTY = 4
"""Who comes together; the next ones come when these are served."""
PACE = 0.2
"""Seconds between two parties, so that a service which collects its processes once a second is quick enough."""
WITHIN = 4.0
"""Seconds in which a cold dish is served and its slip printed."""
FEW = 10
"""Finished processes that may wait to be collected: whoever does it now and then is no fault."""
MOST = {"processes": 3, "ended": 3, "descriptors": 3, "connections": 4, "files": 4, "bytes": 2**18, "tasks": 6}
"""What a round may leave. A customer who comes meanwhile leaves a page and a slip; a log of all orders may grow."""


class Rush(NamedTuple):
    """What many orders leave behind."""

    orders: list[Any]
    unkept: dict[str, Any]
    """Tickets that were not kept, and what became of them."""
    same: bool
    """Whether those who listened at first listen still."""
    ended: int
    """Processes that have ended and that nobody has collected; -1 if the container does not run."""
    left: dict[str, int]
    """What more there is after each round."""
    often: dict[str, int]
    """What single orders leave again and again, and how many of them did."""
    resting: int
    """Processes that have ended and that nobody collects as long as nobody orders."""


class Line:
    """Customers for cold dishes, a few at a time."""

    def __init__(self, counter: Any) -> None:
        self.counter = counter
        self.orders: list[Any] = []
        self.unkept: dict[str, Any] = {}

    def order(self, count: int) -> None:
        """Order, wait until each party is served, and strike what was ordered."""
        with ThreadPoolExecutor(PARTY) as people:
            for _ in range(count // PARTY):
                until = time.monotonic() + PACE
                party = list(people.map(lambda _: self.counter.order(COLD, odd=True), range(PARTY)))
                self.unkept |= self.counter.unkept(party, 0 if self.unkept else WITHIN)
                self.orders += party
                eventually(lambda: time.monotonic() > until, bool, every=0.02)  # noqa: B023
        self.counter.strike(self.orders[-count:])

    def order_one(self) -> Any:
        """Order one dish and wait until it is served; it stays in the book."""
        placed = self.counter.order(COLD, odd=True)
        self.unkept |= self.counter.unkept([placed], 0 if self.unkept else WITHIN)
        self.orders.append(placed)
        return placed


@pytest.fixture(scope="module")
def rush(scene: Scene, counter: Any) -> Rush:
    """Order many cold dishes, look what each round of them leaves, and order many more."""
    line, left, often, ended, resting = Line(counter), dict[str, int](), dict[str, int](), -1, 0
    known = set[int]()
    before = eventually(lambda: listeners(scene), bool, within=3)
    try:
        left = growth(lambda: leftovers(scene), lambda: line.order(ROUND), MOST, rest=1.5)
        ended = eventually(lambda: amount(scene, "kitchen").ended, lambda seen: seen < FEW, within=3)
        if not left and ended < FEW:
            often = left_often(scene, line)
    except OurFault:
        eventually(lambda: scene.get("kitchen"), lambda seen: seen.status == 200)
    with contextlib.suppress(OurFault):  # it does not run, which others say
        known = dead(scene)
    line.order(MORE)
    with contextlib.suppress(OurFault):
        resting = len(eventually(lambda: dead(scene) - known, lambda seen: not seen, within=REST + 1))
    same = bool(before) and before <= listeners(scene)
    if not 0 <= ended < FEW:  # the next one to look must find room
        scene.restart("kitchen", patience=3)
        eventually(lambda: scene.get("kitchen"), lambda seen: seen.status == 200)
    return Rush(line.orders, line.unkept, same, ended, left, often, resting)


def left_often(scene: Scene, line: Line) -> dict[str, int]:
    """Order one dish after the other; gives what more than a few of them left, and how many did.

    Each is compared with the one before it, so that nobody who tidies up at every twentieth looks tidy.
    """
    times, before = dict.fromkeys(KINDS, 0), dict[str, int]()
    for _ in range(ALONE):
        placed = line.order_one()
        after = tidied(scene, before)
        line.counter.strike([placed])
        times = {kind: times[kind] + (after[kind] > before.get(kind, after[kind])) for kind in KINDS}
        before = after
        if often := {kind: many for kind, many in times.items() if many > SELDOM}:
            return often
    return {}


def tidied(scene: Scene, before: dict[str, int]) -> dict[str, int]:
    """Count what there is until nothing is more than before, or the time to tidy up is over; the least that was seen.

    A healthcheck that comes by is not there each time.
    """
    least = dict[str, int]()

    def look() -> dict[str, int]:
        seen = amount(scene, "kitchen")
        least.update({kind: min(getattr(seen, kind), least.get(kind, sys.maxsize)) for kind in KINDS})
        return least

    return eventually(look, lambda seen: all(seen[kind] <= before.get(kind, seen[kind]) for kind in KINDS), within=REST)


def dead(scene: Scene) -> set[int]:
    """The processes of the service that have ended and that nobody has collected, by their numbers.

    Raises:
        OurFault: its container does not run.
    """
    return {one.pid for one in scene.sidecar("kitchen").processes() if one.has_ended}


def listeners(scene: Scene) -> set[str]:
    """The sockets that the service listens on, by their numbers; none where the container does not run."""
    rows: list[list[str]] = []
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(OurFault):  # a computer without IPv6 has no second table
            rows += [row.split() for row in scene.sidecar("kitchen").network(table).splitlines()[1:]]
    return {row[9] for row in rows if row[3] == "0A"}


@pytest.mark.users
@pytest.mark.timeout(60)
@pytest.mark.needs("test_order")
def test_rush(rush: Rush) -> None:
    """A whole lunch rush is taken, one order after the other.

    ja: 昼の混雑でも、注文を次々に受けられる。
    """
    count, refused = len(rush.orders), [one.answer for one in rush.orders if not one.ticket]
    assert not refused, reason("rush", count=count, cold=COLD, count_2=len(refused), refused=refused[0])
    ticket, kept = next(iter(rush.unkept.items()), ("", None))
    name = quoted(next((one.name for one in rush.orders if one.ticket == ticket), ""))
    assert not kept or kept.state == "served", reason(
        "rush-2", count=count, cold=COLD, ticket=ticket, called=name, within=WITHIN
    )
    assert not kept, reason("rush-3", count=count, cold=COLD, ticket=ticket, within=WITHIN, called=name)
    assert rush.same, reason("rush-4", count=count)


@pytest.mark.timeout(60)
@pytest.mark.needs("test_order")
def test_nothing_piles_up(scene: Scene, rush: Rush) -> None:
    """Orders that were served leave nothing behind in the container.

    ja: 出し終えた注文は、コンテナの中に何も残さない。
    """
    assert rush.ended >= 0, reason("nothing-piles-up", state=scene.state("kitchen"))
    assert rush.ended < FEW, reason("nothing-piles-up-2", round=ROUND, ended=rush.ended)
    assert not rush.left, reason("nothing-piles-up-3", round=ROUND, told=told(rush.left))
    assert not rush.often, reason("nothing-piles-up-4", told=told(rush.often))
    assert not rush.resting, reason("nothing-piles-up-5", ended=rush.resting, rest=REST)
