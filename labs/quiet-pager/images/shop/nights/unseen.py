"""unseen.py [NIGHT ...]: what the deployed rules would do in nights that are in no diary, as JSON.

It is asked when rules are judged, for all of these nights or for some.

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
BEGUN = 5
"""Minutes with as many customers as last week: of few in a quarter of one, a single one is a large share."""
BEFORE = 50
"""Minutes more before a deploy, for rules that look back over an hour."""
LASTS, WELL = 13, 26
"""Minutes for which customers are hurt, and those for which they are well until they are hurt in another way."""
CODES = ("500", "502", "503", "504")
WEEK, PARTS = 7, 5
"""Days of a week, and parts of a day, in each of which customers are refused in one night, and wait in another."""
FEW, SOME, MANY = (0.078, 0.082), (0.08, 0.12), (0.85, 0.95)
HALF, TRIED_AGAIN = (0.0385, 0.0395), (0.2, 0.4)
CALM, CROWDED = 0.5, 9.0
"""How many times as many customers as last week there are at a calm hour, and on a big day."""
"""Shares of customers who are hurt; of seven in a hundred on somebody must be called."""
SILENCE = 10
"""Minutes for which exporters have given no answer before customers are refused."""
NEW = ("/gifts", "/returns", "/wishes", "/vouchers")
"""Routes of which the shop opens one."""
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

    def __init__(
        self, name: str, random: Random, hour: float, spells: list[tuple[float, Spell]], usual: Weather | None = None
    ) -> None:
        self.name, self.random = name, Random(random.random())  # noqa: S311
        self.usual = usual or Weather()
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
        usual = self.usual if minute >= BEGUN else replace(self.usual, crowd=1.0)
        return next((one.weather for at, one in self.spells if at <= minute < at + one.lasts), usual)


def refusal(route: str, share: float, code: str = "503", within: Weather | None = None, **how: bool) -> Spell:
    """Customers of a route are refused, in a weather that they don't mind."""
    weather = replace(within or Weather(), failing={route: share}, code=code, **how)
    what = {"how": "unheard" if weather.unscraped else "refused", "route": route, "percent": round(100 * share)}
    return Spell(LASTS, weather, 10, what)


def delay(route: str, share: float, slowly: str, within: Weather | None = None, **how: bool) -> Spell:
    """Customers of a route wait for longer than a second."""
    weather = replace(within or Weather(), slow={route: share}, slowly=slowly, **how)
    return Spell(LASTS, weather, 10, {"how": "waiting", "route": route, "percent": round(100 * share)})


def both(route: str, refused: float, slow: float, slowly: str) -> Spell:
    """Some customers of a route are refused and others wait: together they are too many."""
    weather = Weather(failing={route: refused}, slow={route: slow}, slowly=slowly)
    return Spell(LASTS, weather, 10, {"how": "both", "route": route, "percent": round(100 * (refused + slow))})


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

    In two of these nights no exporter but the front's and the probe's gives an answer, already before; in one of the
    two the probe's doesn't either.
    """
    how_many, when = shares(random, FEW, SOME, SOME, MANY, MANY), hours(random)
    codes = [*CODES, random.choice(CODES)]
    random.shuffle(codes)
    for number, route in enumerate(ROUTES):
        within = Weather(unscraped=((), OTHERS, (), (*OTHERS, PROBE), ())[number], crowd=CALM)
        spell = refusal(route, how_many[number], codes[number], within, at_front=number % 2 == 0)
        before = [(0, Spell(SILENCE, within))] if number % 2 else []
        yield Other(f"refused-{number}", random, when[number], [*before, (0, spell)], Weather(crowd=CALM))


def delays(random: Random) -> Iterator[Other]:
    """Some wait, on each route once, at all times of the day; most of them for less than 2.5 s."""
    how_many, when = shares(random, FEW, FEW, SOME, SOME, SOME), hours(random)
    kinds = ["late", "late", "late", "crawling", "crawling"]
    random.shuffle(kinds)
    for number, route in enumerate(ROUTES):
        calm = Weather(crowd=CALM)
        spell = delay(route, how_many[number], kinds[number], calm, at_front=number % 2 == 0)
        yield Other(f"waiting-{number}", random, when[number], [(0, spell)], calm)


def busy(random: Random) -> Other:
    """First memory is full, and a password keeps the database's exporter out; then a big day, beside a long report.

    Then there are many customers, of whom fewer than one in a hundred is refused or waits, until three times too many
    do: some are refused, some wait, and in the end nobody gets through. An exporter gives no answer all the time.
    """
    spared = Weather(leaked=2.55, gone=("mysql",), unscraped=(CHECKOUT,))
    hard = replace(
        spared, busy=dict.fromkeys(NODES, 0.97), gone=("mysql", "cache"), crowd=CROWDED, strained=True,
        slow=dict.fromkeys(SHOPPING, 0.003), slowly="export", failing=dict.fromkeys(ROUTES, 0.0042),
    )  # fmt: skip
    first, second = random.sample(sorted(ROUTES), 2)
    return Other(
        "busy", random, 24 * random.random(),
        [
            (0, Spell(35, spared)), (5, Spell(100, hard)), (0, refusal(first, random.uniform(*FEW), within=hard)),
            (0, Spell(WELL, hard)), (0, delay(second, random.uniform(*FEW), "late", within=hard)),
            (0, Spell(WELL, hard)), (0, Spell(LASTS, replace(hard, open=False), 10)),
        ],
    )  # fmt: skip


def kept(random: Random) -> Other:
    """The promise is kept, just so: first many wait for nearly a second, then a few in a thousand are refused."""
    nearly = Weather(slow=dict.fromkeys(ROUTES, random.uniform(*SOME)), slowly="prompt")
    a_few = Weather(failing=dict.fromkeys(("/", *SHOPPING), random.uniform(0.0052, 0.0056)))
    return Other("kept", random, 24 * random.random(), [(0, Spell(25, nearly)), (5, Spell(20, a_few))])


def again(random: Random) -> Other:
    """Three troubles by turns, each a second time an hour or more after its first: one, two, one, three, two, three."""
    share = random.uniform(*MANY)
    waiting = delay(random.choice(SHOPPING), share, "late")
    troubles = [refusal(random.choice(PAYING), share), waiting, Spell(LASTS, GONE, 10, {"how": "gone"})]
    random.shuffle(troubles)
    order = [troubles[number] for number in (0, 1, 0, 2, 1, 2)]
    second = [one in order[:place] for place, one in enumerate(order)]
    spells = [one._replace(what=one.what | {"again": known}) for one, known in zip(order, second, strict=True)]
    pauses = [0, *(WELL + random.randint(0, 1) for _ in spells[1:])]
    return Other("again", random, 24 * random.random(), list(zip(pauses, spells, strict=True)))


def unscraped(random: Random) -> Other:
    """Exporters give no answer, by turns; what they would tell of is well."""
    silent = [(FRONT, NODES["front"]), (PROBE,), OTHERS]
    random.shuffle(silent)
    spells = [(6, Spell(40, Weather(unscraped=targets))) for targets in silent]
    return Other("unscraped", random, 24 * random.random(), spells)


def together(random: Random) -> Other:
    """Of a route's customers as many are refused as wait, and neither of the two alone is much."""
    refused, slow = (random.uniform(*HALF) for _ in range(2))
    spell = both(random.choice(sorted(ROUTES)), refused, slow, random.choice(("late", "crawling")))
    return Other("together", random, 24 * random.random(), [(0, spell)])


def opened(random: Random) -> Other:
    """The shop has a route more than last week, and there customers are refused or wait."""
    route, share = random.choice(NEW), random.uniform(*SOME)
    usual = Weather(more={route: 8.0})
    spell = random.choice((refusal(route, share, within=usual), delay(route, share, "late", within=usual)))
    return Other("opened", random, 24 * random.random(), [(0, spell)], usual)


def inside(random: Random) -> Other:
    """Each service behind the front refuses some calls and is late with others; the front asks again, all are well.

    Beside the second, jobs of the shop call the first on a route of their own, in vain.
    """
    first, second = random.sample(("catalog", "checkout"), 2)
    alone, beside = (
        Weather(inside={service: random.uniform(*TRIED_AGAIN)}, slowly=slowly, code=random.choice(CODES), usual="warm")
        for service, slowly in ((first, "late"), (second, "crawling"))
    )
    beside.jobs = {first: random.uniform(4.0, 8.0)}
    return Other("inside", random, 24 * random.random(), [(0, Spell(LASTS, alone)), (6, Spell(LASTS, beside))])


def on_every_weekday(random: Random, nights: list[Other]) -> list[Other]:
    """Spread nights over a week, so that there is no weekday on which nobody is hurt; each is over by midnight."""
    days = [number % WEEK for number in range(len(nights))]
    random.shuffle(days)
    for night, day in zip(nights, days, strict=True):
        night.day, night.hour = last_night() + 2 + day, min(night.hour, 24 - (night.length + 1) / 60)
    return nights


def all_of(seed: str) -> list[Other]:
    """Every night that is in no diary."""
    random = Random(f"{seed}/unseen")  # noqa: S311
    closed = Other("unreachable", random, 24 * random.random(), [(0, Spell(LASTS, Weather(open=False), 10))])
    blip = Spell(40 / 60, Weather(failing=dict.fromkeys(ROUTES, 0.6), down=(CHECKOUT,)))
    moment = Other("blip", random, 24 * random.random(), [(BEFORE, blip), (8, Spell(0, Weather()))])
    nights = [busy(random), again(random), unscraped(random), kept(random), closed, moment]
    nights += [together(random), opened(random)]
    nights += on_every_weekday(random, [*refusals(random), *delays(random)])
    return [*nights, inside(random)]


if __name__ == "__main__":
    wanted = [name for name in sys.argv[1:] if not name.startswith("--")]
    try:
        drawn = [night for night in all_of(os.environ.get("SEED", "1")) if not wanted or night.name in wanted]
        print(json.dumps(replayed(drawn)))
    except Unusable as problem:
        sys.exit(str(problem))
