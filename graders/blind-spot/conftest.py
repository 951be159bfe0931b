"""Drills at the shop, and what the pager does meanwhile."""

import json
import re
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

import pytest

from kikori.errors import OurFault
from kikori.grading import Scene, eventually

PAGES = "/api/v2/alerts?active=true&silenced=false&inhibited=false&filter=severity%3D%22page%22"
RANGE = re.compile(r"\[((?:\d+(?:ms|[smh]))+)[]:]")
PART = re.compile(r"(\d+)(ms|[smh])")
SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600}
STILL = 3  # seconds of silence that are called calm
STALE = 8  # the same, where a page is about to ring and never does
ROOM = 1.5  # seconds that a rule needs beyond its own window: a scrape, and an evaluation
WIDEST = 14  # seconds of a window that are waited for, at most
BREWS = 12  # seconds in which what is about to ring has to do so
TRIES = 3  # of a drill, on a machine that stands still
ONLY_AFTER = ("test_stall", "test_night", "test_closing")
LATE = """
SELECT COALESCE(MAX(TIMESTAMPDIFF(MICROSECOND, o.at, COALESCE(c.at, NOW(6)))), 0) / 1000000
FROM shop.orders o LEFT JOIN shop.completed c ON c.id = o.id WHERE o.at > FROM_UNIXTIME(%s)
"""


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

    def spell(self, least: float) -> list[str]:
        """Wait until the rules have seen enough of this to ring if they ever will; gives what rings.

        That is not before all of their windows lie within the spell, nor while one of them is about to ring.
        """
        began = time.time()

        def look() -> tuple[list[str], bool]:
            names, rules = self.rings(), self.rules()
            enough = began + max(least, rules.widest + ROOM)
            over = rules.judged > enough and not rules.brewing
            return names, bool(names) or over or time.time() > enough + BREWS

        return eventually(look, lambda seen: seen[1], within=least + WIDEST + ROOM + BREWS, every=0.3)[0]

    def gaps(self, seconds: int) -> list[float]:
        """The seconds between Prometheus's looks at the shop."""
        series = self.asked(f"/api/v1/query?query=shop_taking_orders[{seconds}s]").get("result", [])
        times = sorted(float(at) for one in series for at, _ in one["values"])
        return [after - before for before, after in pairwise(times)] or [0.0]

    def asked(self, path: str) -> Any:
        """What Prometheus says; nothing where it does not."""
        answer = self.scene.get("prometheus", path, 9090)
        return json.loads(answer.text)["data"] if answer.status == 200 else {}


class Drills:
    """What can be played at the shop, and how the pager takes it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.pager = Pager(scene)
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

    def look_alike(self, name: str, least: float) -> list[str]:
        """Play something that should wake nobody; gives what rings all the same.

        Raises:
            OurFault: something rings, but the machine stood still each time, so it rings for something else.
        """
        why = ""
        for _ in range(TRIES):
            since, began, self.pager.lag = self.truth(1 << 40)["last"], time.time(), 0.0
            self.drill(name)
            names = self.pager.spell(least)
            if not names:
                return names
            why = self.stood_still(since, began)
            self.drill("end")
            self.pager.calm(2 * STALE)  # or it would be taken for a page of what is played next
            if not why:
                return names
        raise OurFault(f"the drill {name} can't be judged on a machine that is this busy: {why}")

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
    return rule["type"] == "recording" or rule["labels"].get("severity") == "page"


def moment(text: str) -> float:
    """A moment as Prometheus writes it; long ago where a rule has never been evaluated."""
    return max(0.0, datetime.fromisoformat(text).timestamp())


def window(query: str) -> float:
    """The seconds of an expression's longest range."""
    lengths = [sum(int(count) * SECONDS[unit] for count, unit in PART.findall(found)) for found in RANGE.findall(query)]
    return max(lengths, default=0.0)


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
