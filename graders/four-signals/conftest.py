"""Customers whose truth is known drive through the shop, and Prometheus is asked what the dashboard showed.

The area below a rate is the number of requests: each increase is in as many windows as it is divided by. So the drive
lies between two silences, and nothing depends on where a window begins.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf, isfinite
from statistics import median
from typing import Any

import pytest
from drawing import not_drawn
from faults import fault
from visitors import AFTER, Inside, Visit, few_and_many, inside, mixed

from kikori.errors import OurFault
from kikori.grading import Scene, eventually

WINDOW = 5  # seconds; the task's own
NEAR, FAR = 0.05, 0.3  # how far a number may be from the truth, and how far no chance puts it
STEADY, DRIVES = 1.25, 3  # a look later than that, and areas are wrong by 5 % once in ten times (2: every other time)
SLOW = {"catalog": 0.18, "checkout": 1.3}
FAILING = {"catalog": ("errors=0.2",), "checkout": ("errors=0.3 route=/orders", "closed share=0.8")}  # 500 and 503
drives: dict[str, Drive] = {}  # one for all modules of checks
came_by: dict[str, Strangers] = {}
MIX = {"home": 2, "browse": 6, "search": 6, "order": 2}
LONE = "latency=1.3 route=/search"  # what one stranger after the other meets, while a crowd is answered at once
HOLD = 7  # seconds for which nobody inside is answered: longer than the window


@dataclass
class Series:
    """One line of a graph, by seconds since the drive began."""

    labels: dict[str, str]
    points: dict[int, float]


@dataclass
class Query:
    """One target of a panel, and what came of asking it."""

    legend: str
    expr: str
    series: list[Series] = field(default_factory=list)
    problem: str = ""


@dataclass
class Dashboard:
    """The panels of dashboard.json by their titles, in small letters."""

    panels: dict[str, list[Query]]
    problem: str = ""
    undrawn: list[tuple[str, str, object]] = field(default_factory=list)  # panel, field, and what that holds

    def queries(self) -> list[tuple[str, Query]]:
        """All queries with their panel's title."""
        return [(title, query) for title, queries in self.panels.items() for query in queries]


@dataclass
class Held:
    """What was shown while so many were inside each service, none of whom was answered."""

    dashboard: Dashboard
    inside: Inside


@dataclass
class Drive:
    """What customers met, and what was shown."""

    dashboard: Dashboard
    truth: dict[str, Any]
    morning: Drive | None = None  # as many customers before it, answered at once, and nothing had failed so far

    @property
    def sent(self) -> int:
        """The second in which the last customer came."""
        return int(self.truth["sent"] - self.truth["began"])

    @property
    def told(self) -> tuple[float, float]:
        """How many came and how many failed, by the lines of Traffic and Errors, to how many did."""
        lines = {title: Counter[int]() for title in ("traffic", "errors")}
        for title, one in [(title, one) for title, query in self.dashboard.queries() for one in query.series]:
            lines.get(title, Counter[int]()).update(one.points)  # type: ignore[arg-type]  # it adds any numbers
        failed, met = sum(lines["errors"][at] * many for at, many in lines["traffic"].items()), self.truth["all"]
        return sum(lines["traffic"].values()) / met["count"], failed / max(met["errors"], 1)


@dataclass
class Strangers:
    """What was shown of strangers, whom the customers' record does not know."""

    dashboard: Dashboard  # from second 0, in which the last of the few was answered, to AFTER
    visits: list[Visit]
    ended: float
    labels: dict[str, int]  # how many values of each label came with them

    @property
    def rate(self) -> float:
        """Tell how many requests were answered in a second."""
        return sum(self.ended - WINDOW + 1 < one.ended <= self.ended + 1 for one in self.visits) / WINDOW

    @property
    def failed(self) -> float:
        """Tell which share of them failed."""
        return sum(one.status == 0 or one.status >= 500 for one in self.visits) / len(self.visits)

    @property
    def few(self) -> int:
        """Tell how many waited longer than a second."""
        return sum(one.seconds > 1 for one in self.visits)

    def waited(self, quantile: float) -> float:
        """Tell the seconds that such a share of them waited at most."""
        return sorted(one.seconds for one in self.visits)[int(quantile * (len(self.visits) - 1))]


def found_panels(panels: Any) -> Iterator[dict[str, Any]]:
    """Panels, also those that lie in a folded row."""
    for panel in panels if isinstance(panels, list) else []:
        if isinstance(panel, dict):
            yield panel
            yield from found_panels(panel.get("panels"))


@pytest.fixture(scope="module")
def dashboard(scene: Scene) -> Dashboard:
    """The learner's dashboard."""
    panels: dict[str, list[Query]] = {}
    undrawn = list[tuple[str, str, object]]()
    try:
        for panel in found_panels(json.loads(scene.text("prometheus/dashboard.json"))["panels"]):
            targets = [one for one in panel.get("targets") or [] if isinstance(one, dict) and one.get("expr")]
            targets = [one for one in targets if not one.get("hide")]  # nobody sees those
            queries = [Query(str(one.get("legendFormat", "")).strip(), str(one["expr"])) for one in targets]
            panels.setdefault(str(panel.get("title", "")).strip().lower(), []).extend(queries)
            if targets and (found := not_drawn(panel)):
                undrawn.append((str(panel.get("title", "")), *found))
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        return Dashboard({}, f"{type(problem).__name__}: {problem}")
    return Dashboard(panels, undrawn=undrawn)


@pytest.fixture(scope="module", autouse=True)
def calm(scene: Scene) -> Iterator[None]:
    """No faults from before, none left, and customers as usual."""
    fault(scene, "clear")
    yield
    fault(scene, "clear")
    control(scene, "POST", "/mode", {"mode": "day"})


def control(scene: Scene, method: str, path: str, body: object = None) -> dict[str, Any]:
    """Ask the customers."""
    answer = eventually(lambda: scene.ask(method, "customers", path, json=body), lambda seen: seen.status == 200, 15)
    if answer.status != 200:
        raise OurFault(f"the customers do not listen to {path}: {answer}")
    return dict(json.loads(answer.text))


def prometheus(scene: Scene, path: str, words: Mapping[str, object]) -> Any:
    """What Prometheus says; a text where it has something against the question."""
    answer = eventually(lambda: scene.get("prometheus", path, params=words), lambda seen: seen.status != 0, 15, 0.5)
    try:
        said = json.loads(answer.text)
    except ValueError:
        raise OurFault(f"Prometheus does not answer: {answer}") from None
    return said["data"] if said["status"] == "success" else str(said.get("error"))


def opened(scene: Scene) -> None:
    """Restart whatever counts: from now on nothing has failed, and no counter knows of a failure."""
    telling = ("catalog", "checkout", "sidecar")
    scene.restart(*telling, patience=3)
    states = [(lambda of=service: scene.inspect(of)["State"]["Health"]["Status"]) for service in telling]
    if any(eventually(state, lambda seen: seen == "healthy", within=40, every=0.3) != "healthy" for state in states):
        raise OurFault(f"{', '.join(telling)}: not all of them came back after a restart", "kikori reset")


def ended(scene: Scene, number: int) -> dict[str, Any]:
    """The truth of a drive, once it is over."""
    truth = eventually(lambda: control(scene, "GET", f"/drive/{number}"), lambda seen: bool(seen["done"]), 60, 0.3)
    if not truth["done"]:
        raise OurFault("the customers' drive did not come to its end")
    return truth


def warm_up(scene: Scene) -> None:
    """Let every kind of answer be given some times: a counter's first value is no increase; nobody shall lose by it."""
    fault(scene, "set errors=0.5")
    fault(scene, "set closed share=0.6", "checkout")
    many = {"requests": 90, "rate": 60, "mix": MIX | {"order": 5}, "seed": 5}
    number = control(scene, "POST", "/drive", many)["drive"]
    eventually(lambda: control(scene, "GET", f"/drive/{number}"), lambda a: a["done"] or a["requests"] >= 88, 20)
    fault(scene, "clear")
    ended(scene, number)


def quiet(scene: Scene) -> None:
    """Wait until nobody has asked for a window and a little."""
    since = dict[float, float]()
    last = lambda: since.setdefault(control(scene, "GET", "/")["last"], time.monotonic())  # noqa: E731
    eventually(last, lambda began: time.monotonic() - began > WINDOW + 2, within=40, every=0.3)


def asked(expr: str) -> str:
    """A query with Grafana's own variables filled in."""
    expr = re.sub(r"\$\{?__(?:rate_interval|range)(?::\w+)?\}?", f"{WINDOW}s", expr)
    return re.sub(r"\$\{?__interval(?::\w+)?\}?", "1s", expr)


def run(scene: Scene, query: Query, began: int, until: int) -> None:
    """Ask what a query showed in each second."""
    words = {"query": asked(query.expr), "start": began - 2, "end": until, "step": 1}
    seen = prometheus(scene, "/api/v1/query_range", words)
    if isinstance(seen, str):
        query.problem = seen
        return
    for one in seen["result"]:
        points = {int(at) - began: float(value) for at, value in one["values"] if isfinite(float(value))}
        query.series.append(Series(one["metric"], points))


def came(scene: Scene) -> dict[str, Any]:
    """The truth of a drive of known customers."""
    asked_for = {"requests": 150, "rate": 18, "mix": MIX, "seed": int(scene.params["seed"])}
    return ended(scene, control(scene, "POST", "/drive", asked_for)["drive"])


def seen_by(scene: Scene, dashboard: Dashboard, truth: dict[str, Any]) -> Drive:
    """What a dashboard showed of a drive."""
    shown = deepcopy(dashboard)
    for _, query in shown.queries():
        run(scene, query, int(truth["began"]), int(truth["ended"]) + WINDOW + 3)
    return Drive(shown, truth)


def sent_through(scene: Scene) -> dict[str, Any]:
    """The truth of a drive through a slow shop that fails now and then."""
    for service, seconds in SLOW.items():
        fault(scene, f"set latency={seconds}", service)
        for words in FAILING[service]:
            fault(scene, f"set {words}", service)
    quiet(scene)
    truth = came(scene)
    eventually(time.time, lambda now: now >= truth["ended"] + WINDOW + 3, within=60)
    return truth


def unevenness(scene: Scene, truth: dict[str, Any]) -> float:
    """The longest time between two looks of Prometheus, to the usual one; a look that failed is the longest."""
    words = {"query": f"up[{int(truth['ended'] - truth['began']) + WINDOW}s]", "time": int(truth["ended"]) + WINDOW}
    seen = prometheus(scene, "/api/v1/query", words)
    looks = [one["values"] for one in seen["result"]]
    if any(len({up for _, up in one}) > 1 for one in looks):
        return inf
    gaps = [[after - before for (before, _), (after, _) in pairwise(one)] or [1.0] for one in looks]
    return max((max(one) / median(one) for one in gaps), default=1.0)


def steadiest(scene: Scene, dashboard: Dashboard) -> Drive:
    """A drive that is told as it was, else the one in which Prometheus looked most regularly.

    Busy computers do no wrong, nor does a rule that sees a scrape now and then since it comes in at the same moment.
    """
    found = dict[tuple[float, int], Drive]()
    while min(found, default=(inf, 0))[0] and len(found) < DRIVES:
        drive = seen_by(scene, dashboard, sent_through(scene))
        off = max(abs(one - 1) for one in drive.told)
        uneven = 0.0 if off < NEAR else unevenness(scene, drive.truth)
        found[0.0 if off > FAR and uneven <= STEADY else uneven, len(found)] = drive
    return found[min(found)]


def driven(scene: Scene, dashboard: Dashboard) -> Drive:
    """What was shown of a drive through a slow shop that fails, and before it of one through a shop that is well."""
    control(scene, "POST", "/mode", {"mode": "stop"})
    opened(scene)
    morning = seen_by(scene, dashboard, came(scene))
    warm_up(scene)
    return replace(steadiest(scene, dashboard), morning=morning)


@pytest.fixture(scope="module")
def drive(scene: Scene, dashboard: Dashboard) -> Drive:
    """What the dashboard showed of customers; whoever asks later gets the same."""
    drives[scene.attempt.id] = drives.get(scene.attempt.id) or driven(scene, dashboard)
    return drives[scene.attempt.id]


def label_values(scene: Scene) -> dict[str, set[str]]:
    """Collect all values of each label, but for a histogram's bounds."""
    now = time.time()
    seen = prometheus(scene, "/api/v1/series", {"match[]": '{__name__=~".+"}', "start": now - 120, "end": now})
    if isinstance(seen, str):
        raise OurFault(f"Prometheus does not tell its series: {seen}")
    found: dict[str, set[str]] = {}
    for name, value in [pair for labels in seen for pair in labels.items() if pair[0] != "le"]:
        found.setdefault(name, set()).add(value)
    return found


def let_in(scene: Scene, dashboard: Dashboard) -> Strangers:
    """Let strangers come, nobody beside them, and see what was shown of them."""
    if control(scene, "GET", "/")["mode"] != "stop":
        control(scene, "POST", "/mode", {"mode": "stop"})
        quiet(scene)
    fault(scene, "clear")
    mark, before = f"{time.time_ns():x}", label_values(scene)
    first = mixed(scene, mark)
    fault(scene, f"set {LONE}", "catalog")
    visits, ended = few_and_many(scene, mark)
    fault(scene, "clear", "catalog")
    shown = deepcopy(dashboard)
    for _, query in shown.queries():
        run(scene, query, int(ended), int(ended) + AFTER)
    after = label_values(scene)
    grown = {name: len(values - before.get(name, set())) for name, values in after.items()}
    return Strangers(shown, first + visits, ended, grown)


@pytest.fixture(scope="module")
def strangers(scene: Scene, dashboard: Dashboard) -> Strangers:
    """Let strangers in; whoever asks later gets the same."""
    came_by[scene.attempt.id] = came_by.get(scene.attempt.id) or let_in(scene, dashboard)
    return came_by[scene.attempt.id]


@pytest.fixture(scope="module")
def held(scene: Scene, dashboard: Dashboard) -> Held:
    """Keep some in both services for longer than the window, and see what is shown before the first is answered."""
    control(scene, "POST", "/mode", {"mode": "stop"})
    fault(scene, f"set latency={HOLD}", "catalog")
    chance = random.Random(f"{scene.params['seed']} held")  # noqa: S311  # nothing is kept secret by it
    carts = chance.choice((4, 5))
    many = inside(scene, f"{time.time_ns():x}", carts, 6 - carts)
    fault(scene, "clear", "catalog")
    if many.ended - many.began < HOLD - 1:
        raise OurFault(f"nobody was kept in the shop for {HOLD} s", "kikori check")
    shown = deepcopy(dashboard)
    for _, query in shown.queries():
        run(scene, query, int(many.began), int(many.ended - 0.5))
    return Held(shown, many)
