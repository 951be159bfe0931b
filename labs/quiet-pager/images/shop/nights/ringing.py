"""When the pager rings: a night's alerts led through groups, inhibition and intervals as Alertmanager 0.28 leads them.

Alertmanager knows only the time that it is, and a night takes hours. Left out is what no night has: notifications that
fail, several Alertmanagers, and the hours that an interval of the clock names (a route that has one counts as shut).
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import routing

TICK = 0.25
"""Minutes between two looks at what fires."""
Spans = list[list[int]]


@dataclass
class Alert:
    """An alert of a night: the labels with which it is sent, and when it was pending and fired."""

    labels: dict[str, str]
    pending: Spans = field(default_factory=list)
    firing: Spans = field(default_factory=list)
    """From a minute to another at which it is over."""
    held: set[str] = field(default_factory=set)
    """What kept it from the pager at times."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.labels.get("alertname", "")

    @cached_property
    def way(self) -> routing.Way:
        """Where it goes."""
        return routing.way(self.labels)

    @cached_property
    def routes(self) -> list[routing.Route]:
        """The routes that it takes."""
        return [routing.deployed().routes[number] for number in self.way.routes]

    @property
    def pages(self) -> bool:
        """Whether it is for the pager."""
        return any(route.pages for route in self.routes)

    def since(self, minute: float) -> int | None:
        """Since when it has been firing at a minute; None where it does not."""
        return next((begin for begin, end in self.firing if begin <= minute < end), None)

    def begun(self, minute: float) -> int:
        """When it last began to fire before a minute, or at it."""
        return max(begin for begin, _ in self.firing if begin <= minute)


class Ring(NamedTuple):
    """A call of the pager: when, and for what."""

    at: float
    alerts: list[tuple[str, int]]
    """The names of those that fire, and since when they do."""


@dataclass
class Group:
    """Alerts that are told together."""

    due: float
    members: set[int] = field(default_factory=set)


class Alertmanager:
    """What is notified in the course of a night."""

    def __init__(self, alerts: list[Alert]) -> None:
        self.alerts = alerts
        self.inhibit = routing.deployed().inhibit
        self.groups: dict[tuple, Group] = {}
        self.log: dict[tuple, tuple[float, set[int]]] = {}
        """When a group was last notified, and what fired in it."""
        self.rings: list[Ring] = []

    def night(self, length: float) -> list[Ring]:
        """Every call of the pager, the first first."""
        for tick in range(int(length / TICK) + 1):
            now = tick * TICK
            firing = {number for number, alert in enumerate(self.alerts) if alert.since(now) is not None}
            self._sort(firing, now)
            for key, group in list(self.groups.items()):
                while group.due <= now:
                    self._flush(key, group, firing)
                    group.due += max(TICK, key[0].interval)
                if not group.members:
                    del self.groups[key]
        return self.rings

    def _sort(self, firing: set[int], now: float) -> None:
        """Put what fires into its groups."""
        for number in firing:
            alert = self.alerts[number]
            for route in alert.routes:
                by = alert.labels if route.group_by == ("...",) else route.group_by
                key = (route, tuple((name, alert.labels[name]) for name in by if name in alert.labels))
                self.groups.setdefault(key, Group(now + route.wait)).members.add(number)

    def _flush(self, key: tuple, group: Group, firing: set[int]) -> None:
        """Notify a group's receiver if it has to know; what is over leaves the group."""
        held = {number: why for number in group.members if (why := self._held(number, key[0], firing))}
        for number, why in held.items():
            if number in firing and key[0].pages:
                self.alerts[number].held.add(why)
        passed = group.members - set(held)
        if passed and self._news(key, passed & firing, group.due):
            self.log[key] = (group.due, passed & firing)
            told = [self.alerts[number] for number in sorted(passed & firing)]
            if told and key[0].pages:
                self.rings.append(Ring(group.due, [(one.name, one.begun(group.due)) for one in told]))
        group.members &= firing

    def _held(self, number: int, route: routing.Route, firing: set[int]) -> str:
        """What keeps an alert back."""
        if route.by_the_clock:
            return "muted"
        return "inhibited" if self._inhibited(number, firing) else ""

    def _inhibited(self, number: int, firing: set[int]) -> bool:
        """Whether another alert fires that an inhibit rule sets above it."""
        target = self.alerts[number]
        for rule in target.way.target:
            same = self.inhibit[rule].get("equal") or []
            for source in (self.alerts[one] for one in firing):
                both = rule in target.way.source and rule in source.way.target  # which inhibit nothing of their kind
                agree = all(source.labels.get(name, "") == target.labels.get(name, "") for name in same)
                if rule in source.way.source and agree and not both:
                    return True
        return False

    def _news(self, key: tuple, firing: set[int], now: float) -> bool:
        """Whether a group's receiver does not know yet."""
        if key not in self.log:
            return bool(firing)
        at, known = self.log[key]
        return not firing <= known or (bool(known) if not firing else at + key[0].repeat <= now)
