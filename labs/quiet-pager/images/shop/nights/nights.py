"""The nights of the past week: what happened in each of them, and when customers were hurt."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from model import CATALOG, FRONT, NODES, TARGETS, Shop, Target, Weather

STEP = 15
"""Seconds between two samples."""
SHOPPING = ("/browse", "/search")
PAYING = ("/cart", "/orders")
LENGTHS = {"batch": 90, "deploy": 105, "cache": 75, "leak": 210, "dependency": 75, "outage": 60}
"""Minutes that are replayed."""
LASTS = {"batch": 60, "deploy": 40 / 60, "cache": 45, "leak": 24, "dependency": 40, "outage": 31}
EARLIEST = {"leak": LENGTHS["leak"] - 30, "deploy": 61}
"""Minutes before something happens at the earliest, where it is not as usual."""
DAY, EVENING = 86400, 2 * 3600
"""Seconds of a day, and when its night begins."""
WITHIN = {"leak": 10, "dependency": 10, "outage": 5}
"""Minutes after which somebody must have been called, where customers are hurt."""
DIARY = {
    "batch": "the month's report is reckoned and exported",
    "deploy": "a new catalogue goes out, forty seconds of errors",
    "cache": "memcached is away",
    "leak": "the catalogue leaks all night",
    "dependency": "the database is away",
    "outage": "the front's machine is away",
}
Key = tuple[Target, str, tuple[tuple[str, str], ...]]


class Hurt(NamedTuple):
    """From when to when customers were hurt, and how soon somebody must have been called."""

    began: float
    ended: float
    within: int
    what: dict[str, object] = {}


def last_night() -> int:
    """The day whose night was the last that is over by now."""
    return (int(time.time()) - 2 * EVENING) // DAY


@dataclass
class Night:
    """A night of the diary: minutes count from its beginning."""

    name: str
    seed: str

    def __post_init__(self) -> None:
        """What differs from attempt to attempt: when it began, and how bad it was."""
        self.random = Random(f"{self.seed}/{self.name}")  # noqa: S311
        self.length = LENGTHS.get(self.name, 60)
        # A leak begins with the night; what begins late in it is that customers feel it.
        # What comes before a deploy is long enough for rules that look back over an hour.
        earliest = EARLIEST.get(self.name, 16)
        self.begins = earliest + self.random.randint(0, 20) / 4
        self.ends = self.begins + LASTS.get(self.name, 40)
        self.share = self.random.uniform(0.95, 1.05)

    @property
    def start(self) -> int:
        """When minute 0 is: last night was the outage, the one before the database."""
        ago = list(reversed(LENGTHS)).index(self.name)
        return (last_night() - ago) * DAY + EVENING

    @property
    def hurt(self) -> list[Hurt]:
        """When customers notice for longer than a moment."""
        return [Hurt(self.begins, self.ends, WITHIN[self.name])] if self.name in WITHIN else []

    def weather(self, minute: float) -> Weather:
        """What is going on at a minute."""
        on = self.begins <= minute < self.ends
        return WEATHERS[self.name](on, self.share, minute, self)

    def series(self) -> Iterator[dict[Key, float]]:
        """What was scraped, step by step, `up` included."""
        shop = Shop(self.random)
        for step in range(self.length * 60 // STEP + 1):
            shop.advance(STEP, self.weather(step * STEP / 60))
            seen = shop.samples()
            for target in TARGETS:
                seen[target, "up", ()] = float(target not in shop.weather.silent)
            yield seen


def batch(on: bool, share: float, *_: object) -> Weather:
    """A report is reckoned and exported: processors are busy, its own few requests are slow, customers are well.

    The database's exporter does not get a connection beside it and says that the database is down, which is not so.
    """
    if not on:
        return Weather()
    slow = dict.fromkeys(SHOPPING, 0.005 * share)
    return Weather(busy={"database": 0.97, "app": 0.95}, slow=slow, slowly="export", gone=("mysql",))


def deploy(on: bool, share: float, *_: object) -> Weather:
    """The catalogue is replaced by a new release; for forty seconds many are refused."""
    if not on:
        return Weather()
    return Weather(failing=dict.fromkeys(SHOPPING, 0.6 * share), down=(CATALOG,), busy={"app": 0.8})


def cache(on: bool, *_: object) -> Weather:
    """memcached is away; the database answers in its place, a little later."""
    if not on:
        return Weather()
    return Weather(gone=("cache",), usual="warm", busy={"database": 0.86, "app": 0.5})


def leak(on: bool, share: float, minute: float, night: Night) -> Weather:
    """The catalogue's memory grows all night; in the end the host swaps, and some customers wait for seconds."""
    grown = 2.5 * share * min(1.0, minute / night.begins)
    if minute >= night.ends:
        return Weather()
    slow = dict.fromkeys(SHOPPING, 0.08 * share) if on else {}
    return Weather(leaked=grown, slow=slow, busy={"app": 0.6 if on else 0.3})


def dependency(on: bool, share: float, *_: object) -> Weather:
    """The database is away; who wants to buy is refused at once, who only looks is served from the cache."""
    if not on:
        return Weather()
    return Weather(gone=("mysql",), failing=dict.fromkeys(PAYING, 0.9 * share), busy={"database": 0.03})


def outage(on: bool, *_: object) -> Weather:
    """The front's machine is gone, and with it all that it had to say."""
    if not on:
        return Weather()
    return Weather(open=False, down=(FRONT, NODES["front"]), busy={"app": 0.03, "database": 0.03})


def refused(on: bool, share: float, *_: object) -> Weather:
    """Beside the report who wants to buy is refused; it is played live alone."""
    weather = batch(on, share)
    weather.failing = dict.fromkeys(PAYING, 0.9 * share) if on else {}
    return weather


WEATHERS = {
    "batch": batch, "deploy": deploy, "cache": cache, "leak": leak, "dependency": dependency, "outage": outage,
    "refused": refused,
}  # fmt: skip
