"""Drills at the shop, and what the pager does meanwhile."""

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

import pytest

from kikori.errors import OurFault
from kikori.grading import Scene, eventually

PAGES = "/api/v2/alerts?active=true&silenced=false&inhibited=false&filter=severity%3D%22page%22"
DOOR = 'probe_success{job="door"}'
RANGE = re.compile(r"\[((?:\d+(?:ms|[smh]))+)[]:]")
OFFSET = re.compile(r"\boffset ((?:\d+(?:ms|[smh]))+)")
CLOCK = re.compile(r"\b(time|timestamp)\s*\(")
WORD = re.compile(r"[A-Za-z_:][\w:]*")
PART = re.compile(r"(\d+)(ms|[smh])")
SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600}
STILL = 3  # seconds of silence that are called calm
STALE = 8  # the same, where a page is about to ring and never does
ROOM = 1.5  # seconds that a rule needs beyond its own window: a scrape, and an evaluation
WIDEST = 24  # seconds of a window that are waited for, at most: a wider one would notice a loss too late
BREWS = 24  # seconds in which what is about to ring has to do so: who waits longer is too late for a loss
KNOCKS = 15  # seconds that the page of the front door may wait
FEW = 3.5  # seconds after a night's one order in which a page would begin to brew
OFTEN = 3  # sales under one name that customers know nothing of; a single answer can be lost on its way
COUNTS = ("_total", "_count", "_sum", "_bucket")
TRIES = 3  # of a drill, on a machine that stands still
ONLY_AFTER = ("test_stall", "test_release", "test_night", "test_closing", "test_outage")
LATE = """
SELECT COALESCE(MAX(TIMESTAMPDIFF(MICROSECOND, o.at, COALESCE(c.at, NOW(6)))), 0) / 1000000
FROM shop.orders o LEFT JOIN shop.completed c ON c.id = o.id WHERE o.at > FROM_UNIXTIME(%s)
"""
CUSTOMER = re.compile(r"c\d{8}")
BOOKED = "SELECT UNIX_TIMESTAMP(at), payment, customer, id FROM shop.orders WHERE at > FROM_UNIXTIME(%s) ORDER BY at"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say nothing of these before a loss is noticed and over; the proof of a trap asks for one of them alone."""
    for item in items:
        if item.name in ONLY_AFTER:
            item.add_marker(pytest.mark.needs("test_over"))


class Rules(NamedTuple):
    """The rules that page, as Prometheus stands with them."""

    pages: int
    brewing: bool
    """Whether one of them is about to ring, or rings."""
    judged: float
    """The moment until which all of them have been evaluated."""
    widest: float
    """The seconds of the longest window that they look through."""
    clock: bool
    """Whether one of them looks at a clock."""
    words: set[str]
    """What stands in them and may be a metric's name, but for what they record themselves."""
    door: bool
    """Whether the page of the front door is there as it was at first."""


class Books(NamedTuple):
    """What accounting finds in the orders of some time."""

    tests: int
    """The most test orders in any ten seconds."""
    strangers: int
    """Sales that no customer made."""


class Pager:
    """What wakes somebody up, and what Prometheus would like to."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.lag = 0.0
        """The longest that a look at the pager has taken, in this spell."""

    def rings(self) -> list[str]:
        """The names of the pages that ring now."""
        began = time.monotonic()
        answer = self.scene.get("alertmanager", PAGES, 9093)
        self.lag = max(self.lag, time.monotonic() - began)
        if answer.status != 200:
            return []
        return sorted({str(alert["labels"].get("alertname", "?")) for alert in json.loads(answer.text)})

    def rules(self) -> Rules:
        """How Prometheus stands with the pages."""
        groups = self.asked("/api/v1/rules").get("groups", [])
        found = [(group, rule) for group in groups for rule in group["rules"] if counts(rule)]
        pages = [(group, rule) for group, rule in found if rule["type"] == "alerting"]
        return Rules(
            pages=len(pages),
            brewing=any(rule["state"] != "inactive" for _, rule in pages),
            judged=min((moment(group["lastEvaluation"]) for group, _ in found), default=0.0),
            widest=min(WIDEST, max((window(rule["query"]) for _, rule in found), default=0.0)),
            clock=any(CLOCK.search(rule["query"]) for _, rule in found),
            words={word for _, rule in found for word in WORD.findall(rule["query"])}
            - {rule["name"] for _, rule in found if rule["type"] == "recording"},
            door=any(rule["query"] == f"{DOOR} == 0" and rule["duration"] <= KNOCKS for _, rule in pages),
        )

    def knocks(self) -> bool:
        """Whether the page that was there at first asks for the front page still, hears of it, and is sent as it is."""
        found = self.asked("/api/v1/query", query=f"{DOOR} == 1").get("result", [])
        settings = self.asked("/api/v1/status/config").get("yaml", "")
        return bool(found) and self.rules().door and "relabel_configs" not in settings

    def silent(self, within: float) -> list[str]:
        """Wait until nothing rings; gives what still does."""
        return eventually(self.rings, lambda names: not names, within=within, every=0.3)

    def ringing(self, within: float) -> list[str]:
        """Wait until something rings; gives nothing where all stays silent."""
        return eventually(self.rings, bool, within=within, every=0.3)

    def calm(self, within: float) -> list[str]:
        """Wait until nothing has rung for a while, nor is about to; gives what rang last if it does not come to that.

        Services that have just begun may well wake somebody: that is over before anything is said of an ordinary day.
        """
        since, last = time.time(), list[str]()

        def still() -> bool:
            nonlocal since, last
            names, rules = self.rings(), self.rules()
            if names:
                since, last = time.time(), names
            return time.time() - since > (STALE if rules.brewing or rules.judged < since else STILL)

        return [] if eventually(still, bool, within=within, every=0.3) else last

    def spell(self, least: float, *, whole: bool = True) -> list[str]:
        """Wait until the rules have seen enough of this to ring if they ever will; gives what rings.

        That is not while one of them is about to ring; of a ``whole`` spell nor before all of their windows lie within
        it, and what they look at may grow no longer.
        """
        began = time.time()

        def look() -> tuple[list[str], bool]:
            names, rules = self.rings(), self.rules()
            enough = began + (max(least, rules.widest + ROOM) if whole else least)
            over = rules.judged > enough and not rules.brewing
            if over and whole and rules.judged < began + WIDEST:
                over = not self.may_grow(rules)
            return names, bool(names) or over or time.time() > enough + BREWS

        return eventually(look, lambda seen: seen[1], within=least + WIDEST + ROOM + BREWS, every=0.3)[0]

    def may_grow(self, rules: Rules) -> bool:
        """Whether a page looks at an age or the like: at a clock, or at a value that is neither 0 nor 1 nor a count."""
        if rules.clock or not rules.words:
            return rules.clock
        names = "|".join(sorted(rules.words))
        found = self.asked("/api/v1/query", query=f'{{__name__=~"{names}"}}').get("result", [])
        return any(
            float(one["value"][1]) not in (0, 1) and not one["metric"]["__name__"].endswith(COUNTS) for one in found
        )

    def fired(self, since: float) -> list[str]:
        """The names of the pages that have fired for more than a moment since then, and may be over by now."""
        span = max(1, int(time.time() - since))
        query = f'count_over_time(ALERTS{{alertstate="firing",severity="page"}}[{span}s]) > 2'
        found = self.asked("/api/v1/query", query=query).get("result", [])
        return sorted({str(one["metric"].get("alertname", "?")) for one in found})

    def gaps(self, seconds: int) -> list[float]:
        """The seconds between Prometheus's looks at the shop."""
        series = self.asked("/api/v1/query", query=f"shop_taking_orders[{seconds}s]").get("result", [])
        times = sorted(float(at) for one in series for at, _ in one["values"])
        return [after - before for before, after in pairwise(times)] or [0.0]

    def asked(self, path: str, **words: str) -> Any:
        """What Prometheus says; nothing where it does not."""
        answer = self.scene.get("prometheus", path, 9090, params=words)
        return json.loads(answer.text)["data"] if answer.status == 200 else {}


class Drills:
    """What can be played at the shop, and how the pager takes it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.pager = Pager(scene)
        self.began = time.time()
        self.played = ""
        """What is on at the shop, if anything is."""

    def drill(self, name: str) -> None:
        """Play something at the shop.

        Raises:
            OurFault: it could not be played, so nothing can be said about the pager.
        """
        done = eventually(
            lambda: self.scene.host("checkout").run(f"drill {name}"),
            lambda seen: seen.rc == 0,
            every=0.5,
        )
        if done.rc:
            raise OurFault(f"the drill {name} could not begin: {(done.stderr or done.stdout)[-200:]}")
        self.played = "" if name == "end" else name

    def look_alike(self, name: str, least: float, *, whole: bool = True, then_one_order: bool = False) -> list[str]:
        """Play something that should wake nobody; gives what rings all the same, or rang meanwhile.

        Raises:
            OurFault: something rings, but the machine stood still each time, so it rings for something else.
        """
        why = ""
        for _ in range(TRIES):
            since, began, self.pager.lag = self.truth(1 << 40)["last"], time.time(), 0.0
            self.drill(name)
            names = self.pager.spell(least, whole=whole)
            if then_one_order and not names:
                self.one_order()
                names = self.pager.spell(FEW, whole=False)
            names = names or self.pager.fired(began)
            if not names:
                return names
            why = self.stood_still(since, began)
            self.drill("end")
            self.pager.calm(2 * STALE)  # or it would be taken for a page of what is played next
            if not why:
                return names
        raise OurFault(f"the drill {name} can't be judged on a machine that is this busy: {why}")

    def one_order(self) -> None:
        """Let one customer come and order something; who it is and what is drawn."""
        seed = self.scene.draw("night").randrange(10**9)
        asked = {"requests": 2, "rate": 2.6, "mix": {"order": 1}, "seed": seed}
        self.scene.ask("POST", "customers", "/drive", 7000, json=asked)

    def books(self, since: float) -> Books:
        """What accounting finds in the orders since then.

        A customer's name alone makes no customer: those who come while we look on know their orders by number.
        """
        said = self.scene.host("database").run("mariadb -N -e %s", BOOKED % since)
        rows = [line.split("\t") for line in said.stdout.split("\n") if line]
        asked, orders = time.time(), self.truth(0).get("orders")
        known = {one["order"] for one in orders or ()}
        tests = [float(at) for at, payment, _, _ in rows if payment == "test"]
        sales = [(float(at), customer, number) for at, payment, customer, number in rows if payment != "test"]
        unknown = Counter(
            customer
            for at, customer, number in sales
            if orders is not None and number not in known and self.began < at < asked - STILL
        )
        strangers = {customer for _, customer, _ in sales if not CUSTOMER.fullmatch(customer)}
        strangers |= {customer for customer, count in unknown.items() if count >= OFTEN}
        return Books(
            tests=max((sum(begin <= at < begin + 10 for at in tests) for begin in tests), default=0),
            strangers=sum(customer in strangers for _, customer, _ in sales),
        )

    def stood_still(self, since: int, began: float) -> str:
        """What happened to the shop since then that no look-alike brings with it; nothing where all is well."""
        late = self.scene.host("database").run("mariadb -N -e %s", LATE % began)
        gaps = self.pager.gaps(int(time.time() - began) + 1)
        seen = {
            "an order took": (float(late.stdout or 0), 3.5),
            "a request took": (float(self.truth(since)["all"].get("max", 0)), 3.0),
            "a look at the pager took": (self.pager.lag, 2.0),
            "Prometheus saw nothing for": (max(gaps), 3.0 + median(gaps)),
        }
        return ", ".join(f"{what} {took:.1f} s" for what, (took, most) in seen.items() if took > most)

    def truth(self, since: int) -> dict[str, Any]:
        """What customers met after a number of their record."""
        answer = self.scene.get("customers", f"/truth?since={since}", 7000)
        nothing = {"last": 0, "completed": 0, "accepted": 0, "all": {}}
        return dict(json.loads(answer.text)) if answer.status == 200 else nothing


def counts(rule: dict[str, Any]) -> bool:
    """Whether a rule pages, or is recorded, perhaps for one that does."""
    return bool(rule["type"] == "recording" or rule["labels"].get("severity") == "page")


def moment(text: str) -> float:
    """A moment as Prometheus writes it; long ago where a rule has never been evaluated."""
    return max(0.0, datetime.fromisoformat(text).timestamp())


def window(query: str) -> float:
    """The seconds that an expression looks back: its longest range, and its longest offset."""
    return sum(max(map(seconds, kind.findall(query)), default=0.0) for kind in (RANGE, OFFSET))


def seconds(length: str) -> float:
    """A length of time as Prometheus writes it, such as ``1m30s``, in seconds."""
    return sum(int(count) * SECONDS[unit] for count, unit in PART.findall(length))


@pytest.fixture
def pager(scene: Scene) -> Pager:
    """The pager as it is."""
    return Pager(scene)


@pytest.fixture(scope="module")
def drills(scene: Scene) -> Iterator[Drills]:
    """Drills that are over in the end."""
    found = Drills(scene)
    yield found
    if found.played:
        found.drill("end")
