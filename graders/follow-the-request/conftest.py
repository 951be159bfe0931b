"""A crowd of customers with a known truth, and what the shop's telemetry says of them."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import le
from typing import Any, NamedTuple

import pytest

from kikori.errors import OurFault
from kikori.grading import Answer, Scene, eventually

SLOW = 1.0  # seconds; what makes requests slow here takes longer than that, and nothing else does
CROWD = {"requests": 100, "rate": 16, "mix": {"browse": 1, "search": 1, "order": 6}, "traced": True}
LONG_ENOUGH = 35  # seconds after which no other crowd is let in
TOLD = 12  # seconds within which a line or a span is to be found where it belongs, as the task says
OPEN_METRICS = {"Accept": "application/openmetrics-text; version=1.0.0"}
LABELS = r'\{((?:[^}"]|"(?:[^"\\]|\\.)*")*)\}'  # a label's value may have a brace, such as /orders/{number}
BUCKET = re.compile(rf"^http_request_duration_seconds_bucket{LABELS} \S+(?: # {LABELS} (\S+))?", re.MULTILINE)
COUNT = re.compile(rf"^http_request_duration_seconds_count(?:{LABELS})? (\S+)", re.MULTILINE)
TRACE_ID = re.compile(r'trace_id="([0-9a-f]{32})"')
SERVICES = ("catalog", "checkout")
MORNINGS: list[Morning] = []  # the one that the files of checks have in common
DECODER = json.JSONDecoder()
Spans = list[dict[str, Any]]
Buy = Callable[..., Answer]


class Exemplar(NamedTuple):
    """A request that stands for a bucket."""

    trace: str
    seconds: float


class Morning:
    """Some customers and what they met, and the shop's telemetry about it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.rows: list[dict[str, Any]] = []
        self.began = float(self.asked("GET", "/")["now"])
        self.answered("GET", f"/orders/{secrets.token_hex(8)}", 404)
        self.answered("POST", "/cart", 200, json=one_thing())
        self.traces: dict[str, Spans] = {}
        self.left: dict[str, list[Exemplar]] = {}
        """Exemplars as the crowd left them: each bucket knows its last request, which may be a later check's."""
        self.uncounted: dict[str, tuple[int, int]] = {}
        """Of a crowd's requests, how many a service's histogram missed, and how many there were."""

    def asked(self, method: str, path: str, **body: object) -> dict[str, Any]:
        """What the customers say.

        Raises:
            OurFault: they say nothing, so nothing is known about the shop.
        """
        answer = self.scene.ask(method, "customers", path, json=body or None)
        if answer.status != 200:
            raise OurFault(f"the customers do not answer: {path}: {answer}")
        return dict(json.loads(answer.text))

    def answered(self, method: str, path: str, status: int, **options: Any) -> Answer:
        """Ask the shop until it answers as it should: its services may be just back."""
        return eventually(
            lambda: self.scene.ask(method, "front", path, **options), lambda seen: seen.status == status, within=20
        )

    def crowd(self) -> None:
        """Let a crowd come, and wait until the last of them is gone, or stands there for too long."""
        last, before = self.asked("GET", "/")["last"], {service: self.count(service) for service in SERVICES}
        number = self.asked("POST", "/drive", **CROWD, seed=secrets.randbelow(10**6))["drive"]
        eventually(lambda: self.asked("GET", f"/drive/{number}"), lambda one: one["done"], within=30, every=0.3)
        rows = [row for row in self.asked("GET", f"/seen?since={last}")["requests"] if "trace" in row]
        for service in SERVICES:
            sent = sum(service in asked_by(row) for row in rows if row["status"])
            risen = partial(lambda name: self.count(name) - before[name], service)
            if (seen := eventually(risen, partial(le, sent), within=3, every=1)) < sent:
                self.uncounted[service] = (sent - seen, sent)
        self.rows += rows
        self.left = {service: self.exemplars(service) for service in SERVICES}

    def bring(self, trace_id: str) -> None:
        """Put something into a cart as one who brings a context; it belongs to the morning like all the others."""
        context, began = f"00-{trace_id}-{secrets.token_hex(8)}-01", time.monotonic()
        answer = self.answered("POST", "/cart", 200, json=one_thing(), headers={"traceparent": context})
        row = {"method": "POST", "path": "/cart", "status": answer.status, "trace": trace_id}
        self.rows.append(row | {"seconds": round(time.monotonic() - began, 3)})

    @property
    def slow(self) -> list[dict[str, Any]]:
        """The requests that took long, the slowest first."""
        return sorted((row for row in self.rows if row["seconds"] >= SLOW), key=lambda row: -row["seconds"])

    @property
    def buying(self) -> list[dict[str, Any]]:
        """Carts and orders: checkout asks catalog, and both ask the database."""
        return [row for row in self.rows if row["method"] == "POST" and row["status"] in (200, 201)]

    @property
    def some(self) -> list[dict[str, Any]]:
        """Slow requests and quick ones."""
        served = [row for row in self.rows if 0 < row["status"] < 500]
        return [row for row in self.slow[:8] if row in served] + served[:: max(1, len(served) // 16)]

    def spans(self, trace_id: str) -> Spans:
        """What is known of a request now."""
        answer = self.scene.get("traces", f"/api/traces/{trace_id}")
        return list(json.loads(answer.text)["spans"]) if answer.status == 200 else []

    def waits_for(self, rows: list[dict[str, Any]], wanted: Callable[[Spans], bool]) -> list[dict[str, Any]]:
        """Wait until the traces of these requests are as wanted; gives the requests whose are not."""

        def missing() -> list[dict[str, Any]]:
            for row in rows:
                known = self.traces.get(row["trace"], [])
                if not known or not wanted(known):
                    self.traces[row["trace"]] = self.spans(row["trace"])
            return [row for row in rows if not wanted(self.traces[row["trace"]])]

        return eventually(missing, lambda found: not found, within=TOLD, every=0.5)

    def text(self, service: str) -> str:
        """What a service has written into its log meanwhile."""
        since = f"{self.began - 1:.3f}"
        done = self.scene.docker("logs", "--since", since, str(self.scene.inspect(service)["Id"]))
        return done.stdout + "\n" + done.stderr

    def lines(self, service: str) -> list[dict[str, Any]]:
        """The lines of a log that are JSON objects."""
        return [found for line in self.text(service).splitlines() for found in read(line)]

    def logged(self, service: str) -> set[str]:
        """The trace ids in a service's log."""
        return {str(line.get("trace_id")) for line in self.lines(service)}

    def unlogged(self, service: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Wait for the log lines of these requests; gives those that have none."""

        def missing() -> list[dict[str, Any]]:
            known = self.logged(service)
            return [row for row in rows if row["trace"] not in known]

        return eventually(missing, lambda found: not found, within=TOLD, every=0.5)

    def behind(self, trace_id: str) -> bool:
        """Whether checkout knows a trace, by its log, its metrics or its spans."""
        return trace_id in self.text("checkout") + self.metrics("checkout") or bool(self.spans(trace_id))

    def known(self, ids: Iterable[str], service: str = "checkout") -> set[str]:
        """Those by which a service calls a request: a header that was only written down as it came does not count."""
        named = self.logged(service) | {exemplar.trace for exemplar in self.exemplars(service)}
        return {one for one in ids if one in named or self.took_part(one, service)}

    def took_part(self, trace_id: str, service: str) -> bool:
        """Whether a trace has spans of a service."""
        return any(span["service"] == service for span in self.spans(trace_id))

    def called(self, marks: Iterable[str]) -> dict[str, str]:
        """What the front's log calls the requests with these marks in their paths; the ones that it knows."""
        lines = self.lines("front")
        return {mark: str(line.get("trace_id")) for mark in marks for line in lines if mark in str(line)}

    def metrics(self, service: str) -> str:
        """A service's metrics, as Prometheus asks for them."""
        answer = asked_again(lambda: self.scene.get(service, "/metrics", headers=OPEN_METRICS))
        return answer.text if answer.status == 200 else ""

    def count(self, service: str) -> int:
        """How many requests a service's histogram has counted."""
        return int(sum(float(value) for _, value in COUNT.findall(self.metrics(service))))

    def exemplars(self, service: str) -> list[Exemplar]:
        """The exemplars of the histogram."""
        found = [(TRACE_ID.search(labels), value) for _, labels, value in BUCKET.findall(self.metrics(service))]
        return [Exemplar(trace[1], float(value)) for trace, value in found if trace]


def read(line: str) -> Iterator[dict[str, Any]]:
    """A line's JSON objects: one, or two where two threads wrote at the same moment; none in a line of prose."""
    line, place = line.strip(), 0
    while line[place : place + 1] == "{":
        try:
            found, place = DECODER.raw_decode(line, place)
        except ValueError:
            return
        yield found


def asked_again(ask: Callable[[], Answer]) -> Answer:
    """Ask again after an answer that says nothing of what is there: no answer, or an error once."""
    return eventually(ask, lambda seen: 0 < seen.status < 500, within=3)


def service_of(row: dict[str, Any]) -> str:
    """Who answers a customer's request."""
    return "checkout" if row["path"].startswith(("/cart", "/orders")) else "catalog"


def asked_by(row: dict[str, Any]) -> set[str]:
    """Whom a customer's request reaches: a cart that is filled and an order that is taken ask catalog for prices."""
    return {service_of(row)} | ({"catalog"} if row["method"] == "POST" and row["status"] in (200, 201) else set())


def one_thing() -> dict[str, Any]:
    """Something for the grader's own cart."""
    return {"customer": "kikori", "product": 1 + secrets.randbelow(500)}


@pytest.fixture(scope="module")
def morning(scene: Scene) -> Iterator[Morning]:
    """A crowd that came while nobody else did, with slow requests among it."""
    seen = MORNINGS[0] if MORNINGS else Morning(scene)
    MORNINGS[:] = [seen]
    seen.asked("POST", "/mode", mode="stop")
    try:
        until = time.monotonic() + LONG_ENOUGH
        while sum(row in seen.buying for row in seen.slow) < 2 and time.monotonic() < until:
            seen.crowd()
        yield seen
    finally:
        seen.asked("POST", "/mode", mode="day")


@pytest.fixture
def buy(scene: Scene) -> Buy:
    """Put something into a cart, with these headers."""
    return lambda **headers: scene.ask("POST", "front", "/cart", json=one_thing(), headers=headers)
