"""Drills at the shop, and what the pager does meanwhile."""

import json
import re
import time
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

import pytest
from rules import Rules, rules_of

from kikori.errors import OurFault
from kikori.grading import Scene, eventually

PAGES = "/api/v2/alerts?active=true&silenced=false&inhibited=false&filter=severity%3D%22page%22"
DOOR = 'probe_success{job="door"}'
PROBE = '{instance=~"probe:.*",__name__!~"up|scrape_.*"}'
STILL = 3  # seconds of silence that are called calm
STALE = 8  # the same, where a page is about to ring and never does
ROOM = 1.5  # seconds that a rule needs beyond its own window: a scrape, and an evaluation
WIDEST = 24  # seconds of a window that are waited for, at most: a wider one would notice a loss too late
LONGEST = 60  # the same, where a page that is not for a loss may look through a wider one
BREWS = 24  # seconds in which what is about to ring has to do so: who waits longer is too late for a loss
KNOCKS = 15  # seconds that the page of the front door may wait, and that of a probe that is not heard of
SETTLES = 5  # seconds in which the pager has what a rule makes of the end of its window
FLICKER = 4  # seconds in which a page that goes on is seen to ring once
FEW = 3.5  # seconds after a night's one order in which a page would begin to brew
LOST = ("0", "500", "502", "504")  # what a customer has seen whose order may have been accepted all the same
ANSWERED = 11  # seconds after which a customer knows of an order, or has given up
COUNTS = ("_total", "_count", "_sum", "_bucket")
TRIES = 3  # of a drill, on a machine that stands still
ONLY_AFTER = ("test_stall", "test_release", "test_night", "test_closing", "test_silence", "test_outage")
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
        return rules_of(self.asked("/api/v1/rules").get("groups", []))

    def knocks(self) -> bool:
        """Whether the page that was there at first asks for the front page still, hears of it, and is sent as it is."""
        found = self.asked("/api/v1/query", query=f"{DOOR} == 1").get("result", [])
        door = any(query == f"{DOOR} == 0" and wait <= KNOCKS for query, wait in self.rules().queries)
        return bool(found) and door and not self.relabels()

    def relabels(self) -> bool:
        """Whether alerts may be sent otherwise than they stand in the rules, or series kept so."""
        return "relabel_configs" in self.asked("/api/v1/status/config").get("yaml", "")

    def listens(self) -> bool:
        """Whether a page is for the moment in which a series of the probe's is not there, or the probe has none."""
        if not self.asked("/api/v1/query", query=PROBE).get("result", []):
            return True
        waits = [missed for missed, wait in self.rules().missed if wait <= KNOCKS]
        found = [self.asked("/api/v1/query", query=missed).get("result", []) for missed in waits]
        return not self.relabels() and any(
            series and all(of_the_probe(one["metric"]) for one in series) for series in found
        )

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

    def spell(self, least: float, *, whole: bool = True, most: float = WIDEST, steady: bool = False) -> list[str]:
        """Wait until the rules have seen enough of this to ring if they ever will; gives what rings.

        That is not while one of them is about to ring; of a ``whole`` spell nor before all of their windows, of up to
        ``most`` seconds, lie within it, and what they look at may grow no longer. In a ``steady`` one nothing changes
        any more: what has been about to ring for long will.
        """
        began = time.time()

        def look() -> tuple[list[str], bool]:
            names, rules = self.rings(), self.rules()
            enough = began + (max(least, min(most, rules.widest) + ROOM) if whole else least)
            over = rules.judged > enough and not rules.brewing
            if over and whole and rules.judged < began + WIDEST:
                over = not self.may_grow(rules)
            late = time.time() > enough + BREWS
            if steady and late and not names:
                names = sorted(name for name, since in rules.waiting.items() if since < enough + FLICKER)
            return names, bool(names) or over or late

        return eventually(look, lambda seen: seen[1], within=least + most + ROOM + BREWS, every=0.3)[0]

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
        self.first = self.mark = self.truth(1 << 40)["last"]
        """Where customers' record stood at first, and when something was played last."""
        self.began = self.at = time.time()
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
        self.played, self.at = "" if name == "end" else name, time.time()
        self.mark = self.truth(1 << 40)["last"]

    def lasts(self) -> list[str]:
        """Wait until a loss has lasted for longer than the rules look back; gives what rings then.

        Raises:
            OurFault: nothing does, but the machine stood still each time.
        """
        rules, why, since, began = self.pager.rules(), "", self.mark, self.at
        looked = max(min(LONGEST, rules.widest), WIDEST if rules.clock else 0) + ROOM
        enough = began + looked + min(LONGEST, rules.keeps) + SETTLES
        for _ in range(TRIES):
            eventually(time.time, enough.__le__, within=2 * LONGEST + WIDEST)
            names = self.pager.ringing(FLICKER)
            why = "" if names else self.stood_still(since, began)
            if not why:
                return names
            since, began, self.pager.lag = self.truth(1 << 40)["last"], time.time(), 0.0
            enough = began + min(looked, 2 * SETTLES)
        raise OurFault(f"whether the page goes on can't be judged on a machine that is this busy: {why}")

    def held_still(self, service: str, bound: float, calm: float) -> list[str]:
        """Hold a service still on an ordinary day; gives what rings within ``bound``.

        Raises:
            OurFault: nothing does, but the machine stood still.
        """
        self.drill("end")
        self.pager.calm(calm)  # or a page of what was played would be taken for one of this
        since, began, self.pager.lag = self.truth(1 << 40)["last"], time.time(), 0.0
        with self.scene.paused(service):
            names = self.pager.ringing(bound)
        if not names and service != "front" and (why := self.stood_still(since, began)):
            raise OurFault(f"whether somebody is woken can't be judged on a machine that is this busy: {why}")
        return names

    def look_alike(
        self, name: str, least: float, *, whole: bool = True, then_one_order: bool = False, most: float = WIDEST
    ) -> list[str]:
        """Play something that should wake nobody; gives what rings all the same, rang meanwhile, or surely will.

        Raises:
            OurFault: something rings, but the machine stood still each time, so it rings for something else.
        """
        why = ""
        for _ in range(TRIES):
            since, began, self.pager.lag = self.truth(1 << 40)["last"], time.time(), 0.0
            self.drill(name)
            names = self.pager.spell(least, whole=whole, most=most, steady=whole and not then_one_order)
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
        tests = [float(at) for at, payment, _, _ in rows if payment == "test"]
        sales = [(float(at), customer, number) for at, payment, customer, number in rows if payment != "test"]
        named = {number for at, customer, number in sales if CUSTOMER.fullmatch(customer) and at > self.began}
        unknown = eventually(lambda: self.unknown(named), lambda count: not count, within=ANSWERED, every=0.5)
        return Books(
            tests=max((sum(begin <= at < begin + 10 for at in tests) for begin in tests), default=0),
            strangers=sum(not CUSTOMER.fullmatch(customer) for _, customer, _ in sales) + unknown,
        )

    def unknown(self, numbers: set[str]) -> int:
        """How many orders no customer knows of, beyond those whose answer may have been lost on its way."""
        seen, lately = self.truth(0), self.truth(self.first)
        if "orders" not in seen:
            return 0
        codes = lately.get("routes", {}).get("POST /orders", {}).get("codes", {})
        lost = sum(count for code, count in codes.items() if code in LOST)
        return max(0, len(numbers - {one["order"] for one in seen["orders"]}) - lost)

    def stood_still(self, since: int, began: float) -> str:
        """What happened to the shop since then that no look-alike brings with it; nothing where all is well."""
        late = self.scene.host("database").run("mariadb -N -e %s", LATE % began)
        gaps = self.pager.gaps(int(time.time() - began) + 1)
        lost = self.played in ("loss", "stall")
        seen = {
            "an order took": (0.0 if lost else float(late.stdout or 0), 3.5),
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


def of_the_probe(metric: dict[str, str]) -> bool:
    """Whether a series comes from the probe."""
    return metric.get("instance", "").startswith("probe:")


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
