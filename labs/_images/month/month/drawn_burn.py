"""Other weeks of the shop of burn-rate, drawn for a check: other crowds, hours, troubles and statuses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import cycle
from random import Random

from month.burn_rate import FLOWS, NEITHER, PAGE, PAGE_SOON, TICK, TICKET, BurnRate
from month.clock import DAY, Clock
from month.flows import SELDOM, Flow, Trouble

MONTHS = ("2024-09", "2025-04", "2026-06", "2026-11", "2027-04")
DAYS = 20
SALE = 3
FIRST = 6
USUAL = ("500", "502", "503", "504")
MACHINES = 3
"""How many times as much crawlers and the balancer ask."""
PART = {"/cart": 0.6, "/orders": 0.4}
"""Which share of what customers ask for goes where."""

Called = tuple[str, Trouble]
"""Whom something calls for, and what it is."""


class DrawnBurn(BurnRate):
    """Twenty days, told twice as the month is; a budget is that of thirty days all the same."""

    def __init__(self, seed: str) -> None:
        self.chance = Random(f"{seed} drawn burn-rate")  # noqa: S311
        super().__init__(seed, self.chance.choice(MONTHS))
        self.clock = Clock(self.clock.start + DAY * self.chance.randrange(10), TICK, DAYS)
        self.peak = self.chance.uniform(11, 19)
        self.low = self.chance.uniform(0.08, 0.12)
        self.volume = self.chance.uniform(2.5, 4)
        self.codes = (*USUAL, self.chance.choice(SELDOM))
        self.kinds = tuple(_kind(one, self.codes) for one in FLOWS)

    @cached_property
    def busy(self) -> list[float]:
        """How busy each tick is: many customers, but few at night; on the day of the sale three times as many."""
        usual = self.clock.busy(self.low, self.peak)
        crowd = range(self.clock.at(SALE, 0), self.clock.at(SALE + 1, 0))
        return [value * self.volume * (3 if tick in crowd else 1) for tick, value in enumerate(usual)]

    def _troubles(self) -> Iterator[Called]:
        """What goes wrong; what burns the budget fast has each of the codes in turn."""
        deck = cycle(self.chance.sample(self.codes, len(self.codes)))
        for calls, trouble in self._planned():
            yield calls, trouble._replace(code=next(deck)) if calls == PAGE_SOON else trouble

    def _planned(self) -> Iterator[Called]:
        """What burns the budget, in any order; small things where none of it is still felt; an outage at the end."""
        first, before_a_night, *alone = self.chance.sample(
            (self._carts, self._orders, self._on_and_off, self._declined), 4
        )
        parts = [(4, [self._leak]), (1, [self._limping]), (2, [before_a_night, self._night])]
        parts += [(1, [one]) for one in alone]
        yield first(2)
        day = FIRST
        for days, kinds in self.chance.sample(parts, len(parts)):
            for number, kind in enumerate(kinds):
                yield kind(day + number)
            yield from self._little(day + days)
            day += days + 1
        yield self._until_the_end()

    def _failing(
        self, kind: str, day: int, hour: float, minutes: float, share: float, *where: str, pause: int = 0
    ) -> Trouble:
        """A share of all that customers ask for fails, on all routes or on some."""
        routes = where or tuple(PART)
        code, within = self.chance.choice(self.codes), share / sum(PART[one] for one in routes)
        begin, ticks = self.clock.at(day, 60 * hour), self.clock.ticks_of(minutes)
        return Trouble(kind, begin, ticks, code, within, routes, ("person",), pause=pause)

    def _near_the_peak(self) -> float:
        """An hour at which many buy."""
        return self.peak + self.chance.uniform(-3, 1)

    def _somewhere(self) -> tuple[str, ...]:
        """All routes or one of them."""
        return self.chance.choice(((), ("/cart",), ("/orders",)))

    def _carts(self, day: int) -> Called:
        return self._half(day, "/cart")

    def _orders(self, day: int) -> Called:
        return self._half(day, "/orders")

    def _half(self, day: int, route: str) -> Called:
        """Only one route fails."""
        minutes, share = self.chance.uniform(35, 70), self.chance.uniform(0.15, 0.35)
        return PAGE_SOON, self._failing("half", day, self._near_the_peak(), minutes, share, route)

    def _on_and_off(self, day: int) -> Called:
        """It fails for some minutes, works for as many, and fails again."""
        pause, share = self.chance.randint(6, 10), self.chance.uniform(0.18, 0.3)
        return PAGE_SOON, self._failing("on and off", day, self._near_the_peak(), 13 * pause, share, pause=pause)

    def _declined(self, day: int) -> Called:
        minutes, share = self.chance.uniform(90, 130), self.chance.uniform(0.035, 0.037)
        return PAGE_SOON, self._failing("declined", day, self._near_the_peak(), minutes, share)

    def _night(self, day: int) -> Called:
        """Few ask, and most of them fail."""
        hour = (self.peak + 12 + self.chance.uniform(-1, 1)) % 24
        minutes, share = self.chance.uniform(50, 65), self.chance.uniform(0.65, 0.9)
        return PAGE_SOON, self._failing("night", day, hour, minutes, share)

    def _until_the_end(self) -> Called:
        minutes, share = self.chance.uniform(50, 70), self.chance.uniform(0.3, 0.9)
        return PAGE_SOON, self._failing("outage", DAYS, 24 - minutes / 60, minutes, share)

    def _limping(self, day: int) -> Called:
        """Burn near the lower end of what calls for a page.

        The pair of 6 over six hours has some three quarters of an hour to spare.
        """
        hour, minutes = self.peak - 5 - self.chance.random(), 60 * self.chance.uniform(7, 9)
        share = self.chance.uniform(0.0076, 0.0081)
        return PAGE, self._failing("limping", day, hour, minutes, share, *self._somewhere())

    def _leak(self, day: int) -> Called:
        """Burn near the lower end of what calls for a ticket.

        The pair of 1 over three days has some hours to spare.
        """
        hour, minutes = self.chance.random(), 60 * self.chance.uniform(72, 82)
        share = self.chance.uniform(0.0016, 0.00165)
        return TICKET, self._failing("leak", day, hour, minutes, share, *self._somewhere())

    def _little(self, day: int) -> Iterator[Called]:
        """Deploys, some minutes in which a little fails, and what customers never see."""
        for hour in (10, 21.5):
            yield NEITHER, self._failing("deploy", day, hour + self.chance.random(), 2, 0.15)
        bump = self.chance.uniform(10, 13)
        yield NEITHER, self._failing("bump", day, 15 + self.chance.random(), bump, self.chance.uniform(0.024, 0.028))
        code = self.chance.choice(("500", "503"))
        begin = self.clock.at(day, 60 * (12 + self.chance.random()))
        unseen = (("/healthz",), ("person",)) if day % 2 else (("/cart",), ("bot",))
        yield NEITHER, Trouble("unseen", begin, 90, code, 0.7, *unseen)


def _kind(known: Flow, codes: tuple[str, ...]) -> Flow:
    """Let a kind of request fail with each code; machines ask more."""
    usual = [one for one in known.others if not one[0].startswith("5")]
    share = 0.0002 if known.agent == "bot" else 0.0001 if known.route == "/healthz" else 0.00003
    a_minute = known.a_minute * (MACHINES if known.steady else 1)
    return known._replace(a_minute=a_minute, others=(*usual, *((code, share) for code in codes)))
