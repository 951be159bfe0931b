"""What the deployed rules would do in nights that are in no diary, as JSON: asked when rules are judged.

Whom it hurts, how badly and at what hour is drawn, so what fits last week alone does not fit these.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import NamedTuple

from nights import DAY, PAYING, SHOPPING, Hurt, Night, last_night
from replay import Unusable, replayed

from model import CACHE, CATALOG, CHECKOUT, FRONT, MYSQL, NODES, PROBE, ROUTES, Weather

EARLIEST = 12
"""Minutes before the first that happens in a night."""
BEFORE = 50
"""Minutes more before a deploy, for rules that look back over an hour."""
LASTS, WELL = 13, 40
"""Minutes for which customers are hurt, and those for which they are well until they are hurt in another way."""
CODES = ("500", "502", "503", "504")
PARTS = 5
"""Of a day, in each of which customers are refused in one night, and wait in another."""
FEW, SOME, MANY = (0.078, 0.082), (0.08, 0.12), (0.85, 0.95)
"""Shares of customers who are hurt; of seven in a hundred on somebody must be called."""
SILENCE = 10
"""Minutes for which exporters have given no answer before customers are refused."""
OTHERS = (CATALOG, CHECKOUT, MYSQL, CACHE, *NODES.values())
"""What can be asked beside the front and the probe."""
GONE = Weather(open=False, down=(FRONT, NODES["front"]), busy={"app": 0.03, "database": 0.03})


class Spell(NamedTuple):
    """Something that lasts for some minutes, whether customers mind or not."""

    lasts: float
    weather: Weather
    within: int = 0
    """Minutes in which somebody must be called; none where customers are well."""
    what: dict[str, object] = {}


class Other(Night):
    """A night of no week: some spells, each some minutes after the one before."""

    def __init__(self, name: str, random: Random, hour: float, spells: list[tuple[float, Spell]]) -> None:
        self.name, self.random = name, Random(random.random())  # noqa: S311
        self.day, self.hour = last_night() + random.randint(2, 8), hour
        self.spells: list[tuple[float, Spell]] = []
        end = EARLIEST + random.randint(0, 12) / 4
        for after, spell in spells:
            self.spells.append((end + after, spell))
            end += after + spell.lasts
        self.begins, self.ends = self.spells[0][0], end
        self.length = int(end)

    @property
    def start(self) -> int:
        """When minute 0 is."""
        return self.day * DAY + int(self.hour * 3600)

    @property
    def hurt(self) -> list[Hurt]:
        """When customers notice for longer than a moment."""
        return [Hurt(at, at + one.lasts, one.within, one.what) for at, one in self.spells if one.within]

    def weather(self, minute: float) -> Weather:
        """What is going on at a minute."""
        return next((one.weather for at, one in self.spells if at <= minute < at + one.lasts), Weather())


def refusal(route: str, share: float, code: str = "503", within: Weather | None = None, **how: bool) -> Spell:
    """Customers of a route are refused, in a weather that they don't mind."""
    weather = replace(within or Weather(), failing={route: share}, code=code, **how)
    what = {"route": route, "percent": round(100 * share), "unscraped": bool(weather.unscraped)}
    return Spell(LASTS, weather, 10, what)


def delay(route: str, share: float, slowly: str, within: Weather | None = None, **how: bool) -> Spell:
    """Customers of a route wait for longer than a second."""
    weather = replace(within or Weather(), slow={route: share}, slowly=slowly, **how)
    return Spell(LASTS, weather, 10, {"route": route, "percent": round(100 * share)})


def shares(random: Random, *kinds: tuple[float, float]) -> list[float]:
    """A share of each kind, in any order."""
    found = [random.uniform(*kind) for kind in kinds]
    random.shuffle(found)
    return found


def hours(random: Random) -> list[float]:
    """An hour in each part of a day, in any order."""
    found = [24 / PARTS * (part + random.random()) for part in range(PARTS)]
    random.shuffle(found)
    return found


def refusals(random: Random) -> Iterator[Other]:
    """Each route is refused once, at all times of the day: two of them nearly all, three some; with every status.

    In two of these nights no exporter but the front's and the probe's gives an answer, already before.
    """
    how_many, when = shares(random, FEW, SOME, SOME, MANY, MANY), hours(random)
    codes = [*CODES, random.choice(CODES)]
    random.shuffle(codes)
    for number, route in enumerate(ROUTES):
        within = Weather(unscraped=OTHERS if number % 2 else ())
        spell = refusal(route, how_many[number], codes[number], within, at_front=number % 2 == 0)
        before = [(0, Spell(SILENCE, within))] if number % 2 else []
        yield Other(f"refused-{number}", random, when[number], [*before, (0, spell)])


def delays(random: Random) -> Iterator[Other]:
    """Some wait, on each route once, at all times of the day; most of them for less than 2.5 s."""
    how_many, when = shares(random, FEW, FEW, SOME, SOME, SOME), hours(random)
    kinds = ["late", "late", "late", "crawling", "crawling"]
    random.shuffle(kinds)
    for number, route in enumerate(ROUTES):
        spell = delay(route, how_many[number], kinds[number], at_front=number % 2 == 0)
        yield Other(f"waiting-{number}", random, when[number], [(0, spell)])


def busy(random: Random) -> Other:
    """First memory is full, and a password keeps the database's exporter out; then a big day, beside a long report.

    Then there are many customers, of whom fewer than one in a hundred is refused or waits, until the very end.
    """
    spared = Weather(leaked=2.55, gone=("mysql",))
    hard = Weather(
        busy=dict.fromkeys(NODES, 0.97), leaked=2.55, gone=("mysql", "cache"), crowd=6.0, strained=True,
        slow=dict.fromkeys(SHOPPING, 0.003), slowly="export", failing=dict.fromkeys(ROUTES, 0.003),
    )  # fmt: skip
    first, second = random.sample(sorted(ROUTES), 2)
    return Other(
        "busy", random, 24 * random.random(),
        [
            (0, Spell(35, spared)), (5, Spell(100, hard)), (0, refusal(first, random.uniform(*FEW), within=hard)),
            (0, Spell(30, hard)), (0, delay(second, random.uniform(*FEW), "late", within=hard)),
        ],
    )  # fmt: skip


def kept(random: Random) -> Other:
    """The promise is kept, just so: first many wait for nearly a second, then a few in a thousand are refused."""
    nearly = Weather(slow=dict.fromkeys(ROUTES, random.uniform(*SOME)), slowly="prompt")
    a_few = Weather(failing=dict.fromkeys(("/", *SHOPPING), random.uniform(0.0052, 0.0056)))
    return Other("kept", random, 24 * random.random(), [(0, Spell(25, nearly)), (5, Spell(20, a_few))])


def again(random: Random) -> Other:
    """Two troubles by turns, each a second time more than an hour and a half after its first."""
    share = random.uniform(0.85, 0.95)
    route = random.choice(PAYING)
    refused = refusal(route, share)
    gone = Spell(LASTS, GONE, 5)
    second = [one._replace(what=one.what | {"again": True}) for one in (refused, gone)]
    pauses = [WELL + random.randint(0, 5) for _ in range(3)]
    spells = [(0, refused), (pauses[0], gone), (pauses[1], second[0]), (pauses[2], second[1])]
    return Other("again", random, 24 * random.random(), spells)


def unscraped(random: Random) -> Other:
    """Exporters give no answer, by turns; what they would tell of is well."""
    silent = [(FRONT, NODES["front"]), (PROBE,), OTHERS]
    random.shuffle(silent)
    spells = [(6, Spell(22, Weather(unscraped=targets))) for targets in silent]
    return Other("unscraped", random, 24 * random.random(), spells)


def all_of(seed: str) -> list[Other]:
    """Every night that is in no diary."""
    random = Random(f"{seed}/unseen")  # noqa: S311
    closed = Other("unreachable", random, 24 * random.random(), [(0, Spell(LASTS, Weather(open=False), 10))])
    blip = Spell(40 / 60, Weather(failing=dict.fromkeys(ROUTES, 0.6), down=(CHECKOUT,)))
    moment = Other("blip", random, 24 * random.random(), [(BEFORE, blip), (8, Spell(0, Weather()))])
    nights = [busy(random), again(random), unscraped(random), kept(random), closed, moment]
    return [*nights, *refusals(random), *delays(random)]


if __name__ == "__main__":
    try:
        print(json.dumps(replayed(all_of(os.environ.get("SEED", "1")))))
    except Unusable as problem:
        sys.exit(str(problem))
