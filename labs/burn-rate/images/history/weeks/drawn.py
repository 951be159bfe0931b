"""Weeks that a check draws: trouble on every weekday, around the clock, on either route, and through restarts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property
from itertools import cycle, pairwise
from random import Random
from typing import NamedTuple, TextIO

from month.burn_rate import NEITHER, PAGE, PAGE_SOON, SPOTLESS, TICKET
from month.clock import DAY, Clock
from month.drawn_burn import Called, DrawnBurn
from month.flows import Flow, Trouble
from month.openmetrics import Writer

DAYS = 27
LATEST = 2.4
"""Hours into its eighth of the day at which a trouble begins at the latest: it has to page before midnight."""
FIRST = 5
"""The leak begins on this day, with three days behind it in which the budget hardly went; the sale is on the third."""
ROUTES = ("/cart", "/orders")
FRIDAY, WEEK = 4, 7
APART = 7
"""Hours between two troubles: no right page looks back further, and one that is silent for half a day is found."""
NOTICED = 24
"""Minutes in which the pairs of every book notice what burns the budget least among what is to page soon."""
CRAWLERS = 5
"""How many times as many crawlers come as in other months."""
NO_FAILURES = ("303", "429")
"""Statuses that the known month does not have, and that are none of the server's failures."""
DEPLOY = 0.28
"""How much fails in the two minutes of a deploy, at an hour that is not crowded."""
MOST = 0.95
"""How many of the requests to a route fail at the most."""


class Slot(NamedTuple):
    """When something that is to page soon begins."""

    day: int
    hour: float

    @property
    def at(self) -> float:
        """Hours from the beginning."""
        return 24 * (self.day - 1) + self.hour


class Part(NamedTuple):
    """Days on which something goes wrong, with a quiet one behind them; some of them have a trouble that pages soon."""

    name: str
    days: int
    soon: tuple[int, ...] = ()


PARTS = (
    Part("leak", 4),
    Part("other leak", 3),
    Part("limping", 1),
    Part("other limping", 1),
    Part("two nights", 2, (0, 1)),
    Part("three days", 3, (0, 1, 2)),
    Part("one day", 1, (0,)),
)


class Weeks(DrawnBurn):
    """Twenty-seven days, told twice as the month is; a budget is that of thirty days all the same."""

    def __init__(self, seed: str) -> None:
        super().__init__(seed)
        few = self.chance.uniform(0.12, 0.18)
        self.small, self.large = self.chance.sample(ROUTES, 2)
        self.part = {self.small: few, self.large: 1 - few}
        self.kinds = tuple(self._shared_out(one) for one in self.kinds)
        self.begins, self.slots = self._planned_days()
        start = self.clock.start
        while datetime.fromtimestamp(start + (self.begins["leak"] - 1) * DAY, UTC).weekday() != FRIDAY:
            start += DAY
        self.clock = Clock(start, self.clock.tick, DAYS)

    def _shared_out(self, flow: Flow) -> Flow:
        """Let most customers ask for one of the routes, and nearly as many crawlers as customers come.

        Who divides by crawlers, too, sees half of the share; who lists what is no failure has not heard of all that.
        """
        if flow.agent == "bot":
            return flow._replace(a_minute=CRAWLERS * flow.a_minute)
        if flow.agent != "person" or flow.route not in ROUTES:
            return flow
        others = (*flow.others, *((code, 0.01) for code in NO_FAILURES))
        return flow._replace(a_minute=100 * self.part[flow.route], others=others)

    @cached_property
    def busy(self) -> list[float]:
        """How busy each tick is: three times as many customers come around one of the troubles, too."""
        usual = DrawnBurn.busy.func(self)
        at = self.clock.ticks_of(60 * self._crowded.at)
        crowd = range(at - 90, at + 180)
        return [value * (3 if tick in crowd else 1) for tick, value in enumerate(usual)]

    @property
    def _crowded(self) -> Slot:
        """The trouble that meets a crowd: a quiet day lies behind it."""
        return next(one for one in self.slots.values() if one.day == self.begins["one day"])

    def _planned_days(self) -> tuple[dict[str, int], dict[str, Slot]]:
        """Draw when each part begins, and when each trouble that pages soon does, until they fit.

        There is one on every weekday, and in each of the eight parts of the day.
        """
        kinds = [*self._soon]
        while True:
            begins, days, day = {}, [1], FIRST
            for part in (PARTS[0], *self.chance.sample(PARTS[1:], len(PARTS) - 1)):
                begins[part.name] = day
                days += [day + one for one in part.soon]
                day += part.days + 1
            days.append(DAYS)
            if len({one % WEEK for one in days}) < WEEK:
                continue
            for _ in range(200):
                eighths = self.chance.sample(range(8), 8)
                slots = [
                    Slot(one, 3 * eighth + self.chance.uniform(0.1, LATEST))
                    for one, eighth in zip(days, eighths, strict=True)
                ]
                named = dict(zip(self.chance.sample(kinds, len(kinds)), slots, strict=True))
                if self._fits(named):
                    return begins, named

    def _fits(self, slots: dict[str, Slot]) -> bool:
        """Whether nothing is still felt when the next begins, and each is at an hour at which it counts."""
        times = sorted([SPOTLESS - APART, *(one.at for one in slots.values()), 24 * DAYS - 2])
        return (
            all(later - earlier >= APART + 2 for earlier, later in pairwise(times))
            and self._busy_at(slots["small route"].hour) > 0.6
            and self._busy_at(slots["night"].hour) < 0.35
        )

    def _busy_at(self, hour: float) -> float:
        """How busy an hour is on a working day, 1 on the average."""
        return 1 + (1 - self.low) * math.cos(2 * math.pi * (hour - self.peak) / 24)

    @property
    def _soon(self) -> dict[str, Callable[[Slot], Called]]:
        return {
            "small route": lambda slot: self._fast("half", slot, self._minutes(35, 70), 0.1, self.small),
            "large route": lambda slot: self._fast("declined", slot, self._minutes(90, 120), 0, self.large),
            "both routes": lambda slot: self._fast("declined", slot, self._minutes(90, 120), 0),
            "on and off": self._blinking,
            "night": lambda slot: self._fast("night", slot, self._minutes(50, 65), self.chance.uniform(0.65, 0.9)),
            "crashes": lambda slot: self._fast("crashes", slot, self._minutes(35, 60), self.chance.uniform(0.2, 0.6)),
            "all of it": self._for_everybody,
            "outage": lambda slot: self._fast("outage", slot, self._minutes(13, 16), MOST),
        }

    def _minutes(self, low: float, high: float) -> float:
        return self.chance.uniform(low, high)

    def _planned(self) -> Iterator[Called]:
        """What goes wrong, in any order: an outage is at the end."""
        soon = self._soon
        yield from (soon[name](slot) for name, slot in self.slots.items())
        long = {"leak": self._leak, "other leak": self._other_leak}
        routes = iter(self.chance.sample((self.small, self.large), 2))
        bumps = cycle((True, False))
        for part in PARTS:
            begins = self.begins[part.name]
            if part.name in long:
                yield long[part.name](begins)
            elif not part.soon:
                yield self._limping_on(begins, next(routes))
            yield from self._quiet_day(begins + part.days, bump=next(bumps))
        minutes = self._minutes(50, 70)
        yield self._fast("outage", Slot(DAYS, 24 - minutes / 60), minutes, self.chance.uniform(0.3, 0.9))

    def _failing(
        self, kind: str, day: int, hour: float, minutes: float, share: float, *where: str, pause: int = 0
    ) -> Trouble:
        """A share of all that customers ask for fails, on all routes or on some."""
        routes = where or ROUTES
        code, within = self.chance.choice(self.codes), share / sum(self.part[one] for one in routes)
        begin, ticks = self.clock.at(day, 60 * hour), self.clock.ticks_of(minutes)
        return Trouble(kind, begin, ticks, code, min(MOST, within), routes, ("person",), pause=pause)

    def _fast(self, kind: str, slot: Slot, minutes: float, share: float, *where: str, pause: int = 0) -> Called:
        """It burns fast, and at night more of what is asked for fails: so few ask that it would not matter else."""
        trouble = self._failing(kind, slot.day, slot.hour, minutes, 1, *where, pause=pause)
        least = self._least(trouble) * self.chance.uniform(1, 1.05)
        return PAGE_SOON, self._failing(kind, slot.day, slot.hour, minutes, max(share, least), *where, pause=pause)

    def _least(self, trouble: Trouble) -> float:
        """The share of all requests that has to fail for 2 % of the budget, and a burn rate of 14.4 over the hour."""
        now = trouble.begin + NOTICED
        asked = sum(self.busy[tick] for tick in trouble.met_at() if tick < now)
        an_hour, a_day = (sum(self.busy[max(0, now - ago) : now]) for ago in (60, 1440))
        return 1.06 * max(0.0144 * an_hour, 0.02 * 0.001 * 30 * a_day) / asked

    def _blinking(self, slot: Slot) -> Called:
        """It fails for some minutes, works for as many, and fails again."""
        pause = self.chance.randint(6, 10)
        return self._fast("on and off", slot, 13 * pause, self.chance.uniform(0.18, 0.3), pause=pause)

    def _for_everybody(self, slot: Slot) -> Called:
        """The whole shop: crawlers and health checks fail as well."""
        calls, trouble = self._fast("outage", slot, self._minutes(40, 70), self.chance.uniform(0.3, 0.9))
        return calls, trouble._replace(routes=(*ROUTES, "/healthz"), agents=("person", "bot"))

    def _limping_on(self, day: int, route: str) -> Called:
        """Burn near the lower end of what calls for a page, on one route.

        The pair of 6 over six hours has some three quarters of an hour to spare.
        """
        hour, minutes = self.peak - 5 - self.chance.random(), 60 * self._minutes(7, 9)
        return PAGE, self._failing("limping", day, hour, minutes, self.chance.uniform(0.0076, 0.0081), route)

    def _leak(self, day: int) -> Called:
        """Burn near the lower end of what calls for a ticket, from a Friday on: nobody reads tickets until Monday.

        The pair of 1 over three days has some hours to spare.
        """
        hour, minutes, share = self.chance.random(), 60 * self._minutes(72, 82), self.chance.uniform(0.0017, 0.00174)
        return TICKET, self._failing("leak", day, hour, minutes, share, self.large)

    def _other_leak(self, day: int) -> Called:
        """Burn somewhat more, on the route for which few ask."""
        hour, minutes, share = self._minutes(0, 12), 60 * self._minutes(50, 56), self.chance.uniform(0.002, 0.0022)
        return TICKET, self._failing("leak", day, hour, minutes, share, self.small)

    def _little(self, day: int) -> Iterator[Called]:
        """Let a deploy fail for more: what two minutes may take, at any hour, without a call."""
        for calls, one in super()._little(day):
            much = DEPLOY / max(1, self.busy[one.begin] / self.volume)
            yield calls, one._replace(share=much) if one.kind == "deploy" else one

    def _quiet_day(self, day: int, *, bump: bool) -> Iterator[Called]:
        """Let a little fail for some minutes, or for more than an hour where few ask, beside what always happens."""
        yield from (one for one in self._little(day) if bump or one[1].kind != "bump")
        if not bump:
            hour, minutes, share = self._minutes(13, 18), self._minutes(75, 90), self.chance.uniform(0.0045, 0.005)
            yield NEITHER, self._failing("few", day, hour, minutes, share, self.small)

    @cached_property
    def anew(self) -> list[tuple[int, Sequence[str]]]:
        """When processes are started anew, and those of which routes: their counters begin at 0.

        A deploy starts all of them, and brought much of what goes wrong; some crash again and again while it does.
        """
        draw = Random(f"{self.seed} restarts")  # noqa: S311
        found: list[tuple[int, Sequence[str]]] = []
        for _, trouble, calls in self.diary:
            mine = trouble.routes if len(trouble.routes) == 1 else draw.choice((ROUTES, ROUTES[:1], ROUTES[1:]))
            if trouble.kind == "deploy":
                found.append((trouble.begin - 3, (*ROUTES, "/healthz")))
            elif trouble.kind == "crashes":
                found += [(tick, ROUTES) for tick in range(trouble.begin, trouble.end, 4)]
            elif calls == PAGE_SOON:
                found.append((trouble.begin - draw.randint(1, 3), mine))
            elif calls in (PAGE, TICKET):
                hours = (1, 2.5) if calls == PAGE else (8, 30)
                found.append((trouble.begin + self.clock.ticks_of(60 * draw.uniform(*hours)), mine))
        return found

    def write(self, to: TextIO) -> None:
        """The weeks' telemetry."""
        out = Writer(to, self.clock)
        out.family("http_requests", "counter")
        for flow in self.kinds:
            out.restarts = sorted({tick for tick, routes in self.anew if flow.route in routes})
            for code, row in self.flows[flow.name].items():
                out.counter("http_requests_total", {"service": "checkout", **flow.labels, "code": code}, row)
        out.end()
