"""The month of the lab first-slo: a shop that sells fishing tackle, and what its customers met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from random import Random
from typing import NamedTuple, TextIO

from month import latency
from month.clock import Clock
from month.flows import Counts, Flow, Trouble, counts, slowness
from month.openmetrics import Writer

TICK = 120
TURNED_AWAY = "429"
SEARCH = "person GET /search"
ORDER = "person POST /orders"
FLOWS = (
    Flow("person", "GET", "/", 4, "200", (("500", 0.0003), ("503", 0))),
    Flow("person", "GET", "/browse", 8, "200", (("404", 0.03), ("500", 0.0004), ("503", 0), ("429", 0.0003))),
    Flow("person", "GET", "/search", 7, "200", (("400", 0.01), ("500", 0.0005), ("503", 0), ("429", 0.0003))),
    Flow("person", "POST", "/cart", 3, "200", (("409", 0.02), ("500", 0.0004), ("503", 0))),
    Flow("person", "POST", "/orders", 2.5, "201", (("402", 0.04), ("500", 0.001), ("503", 0))),
    Flow("person", "GET", "/orders", 1, "200", (("404", 0.01), ("500", 0.0004), ("503", 0))),
    Flow("bot", "GET", "/browse", 6, "200", (("404", 0.12), ("503", 0.002), ("429", 0.05)), steady=True),
    Flow("bot", "GET", "/search", 3, "200", (("503", 0.002), ("429", 0.08)), steady=True),
    Flow("bot", "POST", "/orders", 0.7, "403", (("503", 0.001), ("429", 0.3)), steady=True),
    Flow("person", "GET", "/healthz", 6, "200", steady=True),
)
"""The load balancer's health check has no name that the front knows, so it is taken for a person there.

The front answers it itself, and is well whatever customers meet.
"""
BEHIND = {"/browse": "catalog", "/search": "catalog", "/orders": "checkout"}
"""Which service answers what the front passes on; it counts a customer's request a second time."""


def broken(code: str) -> bool:
    """Whether a customer got what the shop, and not the customer, is at fault for."""
    return code.startswith("5") or code == TURNED_AWAY


class Incident(NamedTuple):
    """A line of the diary."""

    name: str
    trouble: Trouble


class FirstSlo:
    """The month, told twice: as telemetry, and as what customers met."""

    kinds = FLOWS
    behind = BEHIND
    front_alone: tuple[str, ...] = ("503", TURNED_AWAY)
    """What the front answers by itself; no service behind it counts that."""

    def __init__(self, seed: str, month: str) -> None:
        self.seed = seed
        self.clock = Clock.of(month, TICK)
        self.busy = self.clock.busy()
        self.draw = Random(f"{seed} first-slo").random  # noqa: S311
        self.days = sorted(range(3, 29), key=lambda _: self.draw())
        self.restarts = sorted(self.clock.at(day, 9 * 60 + 60 * self.draw()) for day in self.days[10:14])

    @property
    def log_day(self) -> int:
        """The day of which there is an access log."""
        return self.days[5]

    @cached_property
    def diary(self) -> tuple[Incident, ...]:
        """What went wrong, by time, with letters."""
        ordered = sorted(self._troubles(), key=lambda one: one.begin)
        return tuple(Incident(letter, one) for letter, one in zip("ABCDEFGH", ordered, strict=False))

    def _troubles(self) -> Iterator[Trouble]:
        def begin(which: int, hour: float, spread: float = 1.0) -> int:
            return self.clock.at(self.days[which], 60 * (hour + spread * self.draw()))

        def lasts(minutes: float) -> int:
            return self.clock.ticks_of(minutes * (0.92 + 0.16 * self.draw()))

        yield Trouble("outage", begin(0, 17), lasts(14), "503", 0.97)
        yield Trouble("night", begin(1, 2), lasts(60), "503", 0.7)
        yield Trouble("drip", begin(2, 5), lasts(14 * 60), "500", 0.06, ("/orders",), ("person",))
        yield Trouble("shed", begin(3, 9), lasts(9 * 60), TURNED_AWAY, 0.12, ("/browse", "/search"))
        yield Trouble("maintenance", begin(4, 3), lasts(90), "503", 0.995)
        yield Trouble("slow-orders", begin(5, 11), lasts(150), "500", 0.05, ("/orders",), ("person",), 0.35)
        yield Trouble("slow-search", begin(6, 13), lasts(240), "500", 0.0005, ("/search",), ("person",), 0.5)
        yield Trouble("bots", begin(7, 6), lasts(6 * 60), "503", 0.5, agents=("bot",))

    @property
    def customers(self) -> list[Flow]:
        """What people ask for who come to look and to buy."""
        return [flow for flow in self.kinds if flow.agent == "person" and flow.route != "/healthz"]

    @cached_property
    def flows(self) -> dict[str, Counts]:
        """All requests, by kind."""
        troubles = [one.trouble for one in self.diary]
        return {flow.name: counts(flow, self.clock, self.busy, troubles, self.seed) for flow in self.kinds}

    def asked(self, name: str) -> list[int]:
        """How many requests of a kind there were in each tick."""
        return [sum(some) for some in zip(*self.flows[name].values(), strict=True)]

    @cached_property
    def search(self) -> latency.Histogram:
        """How long customers waited for a search."""
        flow = next(one for one in self.kinds if one.name == SEARCH)
        slow = slowness(flow, [one.trouble for one in self.diary])
        return latency.histogram(self._answered(SEARCH), self.clock, latency.QUICK, slow, self.busy, self.seed)

    def _answered(self, name: str) -> list[int]:
        """What reached the catalog: the others had their answer of the front."""
        rows = [row for code, row in self.flows[name].items() if code not in self.front_alone]
        return [sum(some) for some in zip(*rows, strict=True)]

    def restarts_of(self, flow: Flow) -> Sequence[int]:  # noqa: ARG002 - another month has some for some alone
        """When the processes that count a flow are started anew."""
        return self.restarts

    def write(self, to: TextIO) -> None:
        """The month's telemetry."""
        out = Writer(to, self.clock, self.restarts)
        out.family("http_requests", "counter")
        for flow in self.kinds:
            out.restarts = self.restarts_of(flow)
            behind = self.behind.get(flow.route) if flow.agent == "person" else None
            for code, row in self.flows[flow.name].items():
                out.counter("http_requests_total", {"service": "front", **flow.labels, "code": code}, row)
                if behind and code not in self.front_alone:
                    out.counter("http_requests_total", {"service": behind, **flow.labels, "code": code}, row)
        out.restarts = self.restarts
        out.family("http_request_duration_seconds", "histogram")
        steady = [1.0] * self.clock.ticks
        bots = latency.histogram(
            self._answered("bot GET /search"), self.clock, latency.DEEP, {}, steady, f"{self.seed} bots"
        )
        for agent, kept in (("person", self.search), ("bot", bots)):
            self._write_histogram(out, {"service": "catalog", "route": "/search", "agent": agent}, kept)
        self._write_gauges(out)
        out.end()

    def _write_histogram(self, out: Writer, labels: dict[str, str], kept: latency.Histogram) -> None:
        name = "http_request_duration_seconds"
        for limit in latency.LIMITS:
            out.counter(f"{name}_bucket", {**labels, "le": limit}, kept.within[limit])
        out.counter(f"{name}_bucket", {**labels, "le": "+Inf"}, kept.count)
        out.counter(f"{name}_sum", labels, [round(some, 4) for some in kept.sum])
        out.counter(f"{name}_count", labels, kept.count)

    def _write_gauges(self, out: Writer) -> None:
        shut, down = set[int](), set[int]()
        for one in (incident.trouble for incident in self.diary):
            shut |= set(range(one.begin, one.end)) if one.kind == "maintenance" else set()
            down |= set(range(one.begin, one.end)) if one.kind in ("outage", "maintenance") else set()
        ticks = range(self.clock.ticks + 1)
        out.family("shop_maintenance", "gauge")
        out.gauge("shop_maintenance", {"service": "front"}, [int(tick in shut) for tick in ticks])
        out.family("probe_success", "gauge")
        out.gauge("probe_success", {"job": "blackbox", "instance": "front"}, [int(tick not in down) for tick in ticks])
