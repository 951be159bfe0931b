"""Another month of first-slo's shop, drawn for a check: other pages, statuses and troubles, and what was before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from month.clock import DAY, DAYS, Clock
from month.first_slo import BEHIND, FLOWS, ORDER, SEARCH, TICK, TURNED_AWAY, FirstSlo
from month.flows import SELDOM, Flow, Trouble

MONTHS = ("2024-09", "2025-04", "2026-06", "2026-11", "2027-04")
BEFORE = 3
"""Days of telemetry from before the thirty that end with the last one."""
LATELY = 1
"""So many days before the end the queries are asked a second time."""
NEW = {
    "/wishlist": "accounts",
    "/addresses": "accounts",
    "/reviews": "catalog",
    "/maps": "catalog",
    "/returns": "checkout",
    "/vouchers": "checkout",
}
"""Pages that the shop did not have, and who answers them behind the front; accounts is a service that is new too."""
THEIRS = ("301", "302", "303", "304", "307", "308", "401", "403", "405", "410", "412", "413", "422")
ALWAYS = ("204", "408", "499")
"""What is no failure of the shop: some of the ones and all of the others are met by customers."""
OURS = ("502", "504")


class DrawnSlo(FirstSlo):
    """A month of thirty days and some before, told twice as the other is."""

    behind = BEHIND | NEW

    def __init__(self, seed: str) -> None:
        chance = Random(f"{seed} drawn first-slo")  # noqa: S311
        super().__init__(seed, chance.choice(MONTHS))
        self.clock = Clock(self.clock.start - BEFORE * DAY, TICK, DAYS + BEFORE)
        self.busy = self.clock.busy()
        seldom = chance.choice(SELDOM)
        self.front_alone = ("408", "499", "502", "503", "504", seldom, TURNED_AWAY)
        self.kinds = tuple(_kinds(chance, seldom))
        self.troubles = tuple(_troubles(chance, self.clock, seldom))
        self.restarts = sorted(self.clock.at(chance.randrange(2, 32), 1440 * chance.random()) for _ in range(4))
        self.alone = {
            one.route: [self.clock.at(chance.randrange(5, 31), 1440 * chance.random()) for _ in range(2)]
            for one in self.kinds
        }
        """When those that answer one page are started anew, and no others."""

    def restarts_of(self, flow: Flow) -> Sequence[int]:
        """When the processes that count a flow are started anew: with all others, or by themselves."""
        return sorted({*self.restarts, *self.alone[flow.route]})

    def ends(self) -> tuple[tuple[int, int], ...]:
        """From which tick to which the thirty days go, at each of the times at which queries are asked."""
        a_day = DAY // TICK
        return tuple(((BEFORE - late) * a_day, self.clock.ticks - late * a_day) for late in (0, LATELY))

    def _troubles(self) -> Iterator[Trouble]:
        yield from self.troubles


def _kinds(chance: Random, seldom: str) -> Iterator[Flow]:
    """Who asks for what, and how it is answered: some pages of the month that is known, and two that are new."""
    known = [one for one in FLOWS if one.agent == "person" and one.route != "/healthz"]
    left = [one for one in known if one.name not in (SEARCH, ORDER)]
    pages = [chance.choice(left), *(one for one in known if one.name in (SEARCH, ORDER))]
    methods = chance.sample(("GET", "PUT", "DELETE", "PATCH"), 2)
    new = [chance.choice([one for one in NEW if (NEW[one] == "accounts") is fresh]) for fresh in (True, False)]
    pages += [Flow("person", how, at, 4, "200") for how, at in zip(methods, new, strict=True)]
    theirs = chance.sample([*chance.sample(THEIRS, 4), *ALWAYS], 7)
    for number, page in enumerate(pages):
        usual = [one for one in page.others if one[0].startswith("4") and one[0] != TURNED_AWAY]
        usual += [(code, chance.uniform(0.01, 0.04)) for code in theirs[number :: len(pages)]]
        failed = [(code, chance.uniform(0.0002, 0.0006)) for code in ("500", *OURS, seldom, TURNED_AWAY)]
        a_minute = page.a_minute * chance.uniform(0.6, 1.6)
        yield page._replace(a_minute=a_minute, others=(*usual, *failed, ("503", 0)))
    yield from (one._replace(a_minute=one.a_minute * chance.uniform(0.6, 1.6)) for one in FLOWS if one.agent == "bot")
    yield FLOWS[-1]


def _troubles(chance: Random, clock: Clock, seldom: str) -> Iterator[Trouble]:
    """What goes wrong: some of it before thirty days begin, and nothing within hours of their beginning or end."""
    days = chance.sample(range(5, clock.days - LATELY), 6)

    def at(hour: float) -> int:
        return clock.at(days.pop(), 60 * (hour + chance.random()))

    def lasts(least: float, most: float) -> int:
        return clock.ticks_of(chance.uniform(least, most))

    yield Trouble("outage", at(chance.randrange(8, 20)), lasts(8, 25), OURS[0], 0.97)
    yield Trouble("night", at(chance.randrange(4)), lasts(40, 120), seldom, 0.7)
    yield Trouble("shed", at(9), lasts(5 * 60, 9 * 60), TURNED_AWAY, 0.1, ("/search", *NEW))
    yield Trouble("maintenance", at(chance.randrange(5)), lasts(60, 120), "503", 0.995)
    yield Trouble("slow-search", at(13), lasts(120, 300), "500", 0.0005, ("/search",), ("person",), 0.5)
    yield Trouble("bots", at(6), lasts(200, 400), "503", 0.5, agents=("bot",))
    for day in (BEFORE - LATELY, BEFORE):
        yield Trouble("drip", clock.at(day, 60 * chance.uniform(9, 15)), lasts(80, 160), "500", 0.2, agents=("person",))
