"""One day of the front's access log, which agrees with that day's counters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import NamedTuple, TextIO

from month.clock import DAY, Clock
from month.first_slo import FLOWS, ORDER, FirstSlo, broken
from month.flows import Flow, slowness

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"
PERSONS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Mobile Safari/604.1",
    f"Mozilla/5.0 (Linux; Android 15; Pixel 8) {WEBKIT} Mobile Safari/537.36",
)
BOTS = (
    "Mozilla/5.0 (compatible; KingyoBot/2.1; +https://bot.example/)",
    "python-requests/2.32.4",
    "PriceSpider/7.0 (tackle; hourly)",
)
BALANCER = "lb-check/1.4"
PATIENT = 1.0
"""Seconds that a customer waits for the answer to an order before it counts as bad."""
SLOW_ANYWAY = 0.006


class Entry(NamedTuple):
    """One request."""

    at: float
    flow: Flow
    code: str
    took: float
    luck: float


def entries(month: FirstSlo) -> Iterator[Entry]:
    """The requests of the log's day, kind by kind."""
    first = month.clock.at(month.log_day, 0)
    troubles = [one.trouble for one in month.diary]
    for flow in FLOWS:
        draw = Random(f"{month.seed} log {flow.name}").random  # noqa: S311
        slow = slowness(flow, troubles)
        for tick in range(first, first + DAY // month.clock.tick):
            for code, row in month.flows[flow.name].items():
                for _ in range(row[tick]):
                    at = month.clock.time(tick) + draw() * month.clock.tick
                    yield Entry(at, flow, code, _took(flow, slow.get(tick, SLOW_ANYWAY), draw(), draw()), draw())


def _took(flow: Flow, slow: float, luck: float, more: float) -> float:
    """Seconds; only orders are ever slower than a customer's patience."""
    if flow.name == ORDER and luck < slow:
        return round(PATIENT + 0.05 + 3 * more * more, 3)
    return round(0.012 + 0.5 * more**4, 3)


def write(month: FirstSlo, to: TextIO) -> None:
    """The log, a line of JSON for each request, in the order of time."""
    for entry in sorted(entries(month), key=lambda one: one.at):
        to.write(json.dumps(_line(entry), separators=(",", ":")) + "\n")


def _line(entry: Entry) -> dict[str, object]:
    at = datetime.fromtimestamp(entry.at, UTC).isoformat(timespec="milliseconds")
    return {
        "time": at,
        "method": entry.flow.method,
        "uri": _uri(entry),
        "status": int(entry.code),
        "request_time": entry.took,
        "user_agent": _agent(entry),
    }


def _agent(entry: Entry) -> str:
    if entry.flow.route == "/healthz":
        return BALANCER
    pool = BOTS if entry.flow.agent == "bot" else PERSONS
    return pool[int(entry.luck * len(pool))]


def _uri(entry: Entry) -> str:
    number = int(entry.luck * 1e6)
    return {
        "/browse": f"/browse?shelf={number % 40}",
        "/search": f"/search?q=hook+{number % 90}",
        "/orders": f"/orders/{number}" if entry.flow.method == "GET" else "/orders",
    }.get(entry.flow.route, entry.flow.route)


class Day(NamedTuple):
    """What customers met who ordered on the log's day."""

    good: int
    valid: int


def orders(month: FirstSlo) -> Day:
    """Orders of customers, and those of them that were answered without our fault and in time."""
    found = [entry for entry in entries(month) if entry.flow.name == ORDER]
    return Day(sum(not broken(one.code) and one.took < PATIENT for one in found), len(found))


def day_of(clock: Clock, day: int) -> str:
    """A day of the month, as a date."""
    return clock.said(clock.at(day, 0))[:10]
