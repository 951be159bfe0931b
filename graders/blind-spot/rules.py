"""What can be read off the rules that page: how far they look, what they look at, and for how long they wait."""

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

RANGE = re.compile(r"\[((?:\d+(?:ms|[smh]))+)[]:]")
OFFSET = re.compile(r"\boffset ((?:\d+(?:ms|[smh]))+)")
CLOCK = re.compile(r"\b(time|timestamp)\s*\(")
WORD = re.compile(r"[A-Za-z_:][\w:]*")
PART = re.compile(r"(\d+)(ms|[smh])")
TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
OF_DAY = re.compile(r"\b(?:hour|minute|day_of_week|day_of_month|day_of_year|days_in_month|month|year)\s*\(")
DATE = re.compile(r"\d{10}|e\+09")
ABSENT = re.compile(r"(?:^| or )absent\((\w+\{[^{}]*\})\)$")
SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600}
HOURS = {"hour", "tm_hour", "tm_wday", "weekday", "isoweekday"}
"""What is asked of a moment by whom the time of day matters to."""


class Rules(NamedTuple):
    """The rules that page, as Prometheus stands with them."""

    pages: int
    brewing: bool
    """Whether one of them is about to ring, or rings."""
    waiting: dict[str, float]
    """The pages that are about to ring, and the moment since when."""
    judged: float
    """The moment until which all of them have been evaluated."""
    widest: float
    """The seconds of the longest window that they look through."""
    keeps: float
    """The seconds for which they ring on when what they look at is over."""
    clock: bool
    """Whether one of them looks at a clock."""
    hours: list[str]
    """Those that ask for the time of day, or for a date."""
    words: set[str]
    """What stands in them and may be a metric's name, but for what they record themselves."""
    missed: list[tuple[str, float]]
    """What they page for whenever it is absent, and the seconds for which they wait then."""
    queries: list[tuple[str, float]]
    """The expressions of the pages, and the seconds for which they wait."""


def rules_of(groups: list[dict[str, Any]]) -> Rules:
    """Read the rules that page off what Prometheus says of all."""
    found = [(group, rule) for group in groups for rule in group["rules"] if counts(rule)]
    pages = [rule for _, rule in found if rule["type"] == "alerting"]
    recorded = {rule["name"] for _, rule in found if rule["type"] == "recording"}
    return Rules(
        pages=len(pages),
        brewing=any(rule["state"] != "inactive" for rule in pages),
        waiting={rule["name"]: min(since) for rule in pages if (since := _pending(rule))},
        judged=min((moment(group["lastEvaluation"]) for group, _ in found), default=0.0),
        widest=max((window(rule["query"]) for _, rule in found), default=0.0),
        keeps=max((float(rule.get("keepFiringFor", 0)) for rule in pages), default=0.0),
        clock=any(CLOCK.search(rule["query"]) for _, rule in found),
        hours=sorted({rule["name"] for rule in used(pages, found) if of_day(rule["query"])}),
        words={word for _, rule in found for word in WORD.findall(rule["query"])} - recorded,
        missed=[
            (absent[1], float(rule["duration"]))
            for rule in pages
            if (absent := ABSENT.search(rule["query"])) and goes_away(absent[1].partition("{")[0], recorded)
        ],
        queries=[(rule["query"], float(rule["duration"])) for rule in pages],
    )


def goes_away(name: str, recorded: set[str]) -> bool:
    """Tell whether a metric is absent when its target is: not those that Prometheus adds to a failed scrape."""
    return name not in recorded and name not in ("up", "ALERTS") and not name.startswith("scrape_")


def _pending(rule: dict[str, Any]) -> list[float]:
    return [moment(alert["activeAt"]) for alert in rule.get("alerts") or () if alert["state"] == "pending"]


def used(pages: list[dict[str, Any]], found: list[tuple[Any, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """Give the pages, and what is recorded for them."""
    recorded = [rule for _, rule in found if rule["type"] == "recording"]
    ahead = list(pages)
    while ahead:
        rule = ahead.pop()
        yield rule
        words = set(WORD.findall(rule["query"]))
        ahead += [one for one in recorded if one["name"] in words]
        recorded = [one for one in recorded if one["name"] not in words]


def counts(rule: dict[str, Any]) -> bool:
    """Tell whether a rule pages, or is recorded, perhaps for one that does."""
    return bool(rule["type"] == "recording" or rule["labels"].get("severity") == "page")


def moment(text: str) -> float:
    """Read a moment of Prometheus's; long ago where a rule has never been evaluated."""
    return max(0.0, datetime.fromisoformat(text).timestamp())


def window(query: str) -> float:
    """Give the seconds that an expression looks back: its longest range, and its longest offset."""
    return sum(max(map(seconds, kind.findall(query)), default=0.0) for kind in (RANGE, OFFSET))


def seconds(length: str) -> float:
    """Read a length of time of Prometheus's, such as ``1m30s``, in seconds."""
    return sum(int(count) * SECONDS[unit] for count, unit in PART.findall(length))


def of_day(query: str) -> bool:
    """Tell whether an expression asks for the time of day, or compares the clock with a date."""
    bare = TEXT.sub('""', query)
    return bool(OF_DAY.search(bare) or (CLOCK.search(bare) and ("%" in bare or DATE.search(bare))))


def hours_in(program: str) -> bool:
    """Tell whether a Python program asks a moment for its hour, or for the day of the week."""
    try:
        return any(isinstance(node, ast.Attribute) and node.attr in HOURS for node in ast.walk(ast.parse(program)))
    except (SyntaxError, ValueError):
        return False
