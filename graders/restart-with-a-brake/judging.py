"""What follows from a story that was played: pure functions over the town's book. Nothing here runs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote_plus

if TYPE_CHECKING:
    from stories import Firing

Entry = dict[str, Any]
FOLDER = re.compile(r"/var/lib/robot/?([^\s\"'<>,;()\\]*)")
FASTER = 12
"""A day before Alertmanager goes by so many times faster."""
MOST_LATE = 2.0
DURATIONS = ("group_wait", "group_interval", "repeat_interval")
HOURS = ("mute_time_intervals", "active_time_intervals")
DEFAULTS = {"group_wait": "30s", "group_interval": "5m", "repeat_interval": "4h"}
UNITS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000, "y": 31_536_000_000}
PART = re.compile(r"(\d+)(ms|[smhdwy])")


class Played(NamedTuple):
    """A story that was played, in one go or in several."""

    results: dict[str, Entry]
    book: list[Entry]
    services: dict[str, Any]
    brake: bool

    @property
    def is_ready(self) -> bool:
        """Whether the robot was up each time."""
        return bool(self.results["ready"]["result"])

    def met(self, name: str) -> bool:
        """Whether a step's wait had an end; a step that the story did not come to had none."""
        seen = self.results.get(name, {}).get("result")
        return bool(seen["met"] if isinstance(seen, dict) else seen)

    def statuses(self, begin: str) -> dict[str, list[int]]:
        """The statuses of messages whose names begin so."""
        return {name.removeprefix(begin): one["result"] for name, one in self.results.items() if name.startswith(begin)}

    def span(self, begin: str) -> tuple[float, float]:
        """When the first step whose name begins so began, and when the last ended; never, where there was none."""
        steps = [one for name, one in self.results.items() if name.startswith(begin)]
        never = float("inf")
        return min((one["at"] for one in steps), default=never), max((one["end"] for one in steps), default=never)

    def restarts(self, service: str = "", span: tuple[float, float] | None = None) -> list[Entry]:
        """The restarts that were asked for, of one service or of all, ever or within a time."""
        begin, end = span or (0.0, float("inf"))
        return [
            one
            for one in self.book
            if one["what"] == "restart" and begin <= one["at"] <= end and service in ("", one["service"])
        ]

    def refused(self, span: tuple[float, float] | None = None) -> list[Entry]:
        """What the control would not do."""
        begin, end = span or (0.0, float("inf"))
        return [one for one in self.book if one["what"] == "refused" and begin <= one["at"] <= end]

    def pages(self, until: float = float("inf")) -> list[str]:
        """What the robot said when it called a person, up to some time."""
        return [one["text"] for one in self.book if one["what"] == "page" and one["at"] <= until]

    def cases(self, service: str) -> list[Entry]:
        """The processes of a service that hung."""
        return list(self.services[service]["cases"])


def played(*told: dict[str, Any]) -> Played:
    """Put together what the parts of a story told: each tells the whole book, the last one all of it."""
    results: dict[str, Entry] = {}
    for part in told:
        for one in part["results"]:
            was = results.get(one["name"])
            results[one["name"]] = one
            if one["name"] == "ready" and was:
                one["result"] = one["result"] and was["result"]
    last = told[-1]
    return Played(results, last["book"], last["services"], last["brake"])


def overlaps(restarts: list[Entry]) -> int:
    """How many restarts began while another one was not done."""
    inner = sorted(restarts, key=lambda one: one["at"])
    ends = [one["end"] if one["end"] is not None else float("inf") for one in inner]
    return sum(one["at"] < max(ends[:number], default=0.0) for number, one in enumerate(inner))


def most_within(restarts: Iterable[Entry], seconds: float) -> int:
    """The most restarts that began within so many seconds."""
    times = sorted(one["at"] for one in restarts)
    return max((sum(begin <= at < begin + seconds for at in times) for begin in times), default=0)


def is_kept(case: Entry) -> bool:
    """Whether all that was known of a process that hung lies in the robot's folder."""
    return all(case["kept"])


def names_evidence(text: str, cases: list[Entry]) -> bool:
    """Whether a call names a file that has what was known of one of these processes, or a folder above it.

    It may be said as JSON or as a form, in which a slash is written in other ways.
    """
    named = {found.strip("/.:`*") for found in FOLDER.findall(unquote_plus(text).replace("\\/", "/"))}
    holding = {path for case in cases for mark in case["kept"] for path in mark}
    return any(not place or path == place or path.startswith(f"{place}/") for place in named for path in holding)


def shorter(said: object) -> str:
    """5m as 25000ms, where a day goes by twelve times faster."""
    spent = sum(int(count) * UNITS[unit] for count, unit in PART.findall(str(said)))
    return f"{max(1, spent // FASTER)}ms" if spent else "0s"


def hastened(node: Any) -> Any:
    """A route, and those below it, with times made short."""
    if not isinstance(node, dict):
        return node
    below = [hastened(one) for one in node.get("routes") or []]
    return node | {key: shorter(node[key]) for key in DURATIONS if key in node} | ({"routes": below} if below else {})


def hastened_config(config: dict[str, Any]) -> dict[str, Any]:
    """What Alertmanager is told, with the times of its routes made short, those that are not there too."""
    route = config.get("route")
    return config | {"route": hastened(DEFAULTS | route)} if isinstance(route, dict) else config


def hours(node: Any) -> list[str]:
    """The names of the hours to which a route, or one below it, is bound."""
    if not isinstance(node, dict):
        return []
    own = [str(name) for key in HOURS for name in node.get(key) or []]
    return own + [name for one in node.get("routes") or [] for name in hours(one)]


class Heard(NamedTuple):
    """What came of an alert, in minutes of the day that was made short, from its beginning on."""

    robot: list[float]
    person: list[float]


def heard(story: Played, alerts: list[Firing]) -> list[tuple[Firing, Heard]]:
    """When Alertmanager told whom of each alert; what comes once it has begun anew is told of the new one."""
    begun = float(story.results["firing"]["result"]["begun"])

    def is_of(alert: Firing, labels: Entry) -> bool:
        return labels.get("alertname") == alert.name and alert.labels.items() <= labels.items()

    def times(what: str, alert: Firing) -> list[float]:
        anew = [one.begin for one in alerts if one[0] == alert.name and one.labels == alert.labels]
        until = min((begin for begin in anew if begin > alert.begin), default=float("inf"))
        came = [
            one["at"] - begun
            for one in story.book
            if one["what"] == what and any(is_of(alert, labels) for labels in one["alerts"])
        ]
        return [(at - alert.begin) * FASTER / 60 for at in sorted(came) if alert.begin <= at < until]

    return [(alert, Heard(times("robot", alert), times("person", alert))) for alert in alerts]


def late(story: Played) -> float:
    """By how many minutes of that day the lab's own program was late at most, up to two seconds of ours."""
    return min(float(story.results["firing"]["result"]["lag"]), MOST_LATE) * FASTER / 60


def longest_gap(times: list[float], end: float) -> float:
    """The longest time in which nothing came, from the first to the end; without a first, all of it."""
    marks = [*times, end] if times else [0.0, end]
    return max(second - first for first, second in pairwise(marks))
