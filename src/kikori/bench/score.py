"""What is counted while visits go on."""

from __future__ import annotations

import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from math import sqrt
from statistics import quantiles

from kikori.bench.result import Endpoint
from kikori.bench.scenario import Table
from kikori.bench.users.user_session import Answer, Cause, Request, Violation, curl

MOST_CAUSES = 20
UNHURRIED = ("initialize", "check", "written")
"""Phases in which a single breach fails a run, whatever its rule: one visit after the other, no load."""


class Score:
    """Actions, answers and breaches; actions and answers count only while ``scoring``."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.scoring = False
        self.phase = ""
        self.began = time.monotonic()
        self.actions: Counter[str] = Counter()
        self.fast = 0
        self.requests = 0
        self.pages = 0
        self.breaches: Counter[str] = Counter()
        self.causes: list[Cause] = []
        self.unfit = ""
        """The first rule that was broken while nothing hurried the service."""
        self.worked: set[str] = set()
        self._seconds: dict[str, list[float]] = defaultdict(list)
        self._errors: Counter[str] = Counter()
        self._recent: deque[tuple[float, float]] = deque(maxlen=400)
        self._wrongs: deque[float] = deque(maxlen=400)

    def enter(self, phase: str) -> None:
        """A new phase begins."""
        self.phase = phase
        self.began = time.monotonic()

    def count(self, action: str, seconds: float) -> None:
        """An action was verified; ``seconds`` is what its page took."""
        if action not in self.table.actions:
            raise KeyError(f"points.toml has no action {action!r}")
        if self.scoring:
            self.actions[action] += 1
            self.fast += 0 < seconds * 1000 < self.table.fast_ms

    def heard(self, request: Request, answer: Answer) -> None:
        """An answer came over the wire, or did not."""
        name = request.endpoint
        if answer.status and answer.status < 500:
            self.worked.add(name)
        if not request.asset:
            self._recent.append((time.monotonic(), answer.seconds))
        if self.scoring:
            self.requests += 1
            self.pages += not request.asset
            self._seconds[name].append(answer.seconds)
            self._errors[name] += answer.status == 0 or answer.status >= 500

    def wrong(self, problem: Violation, base: str, request: Request | None, cookies: dict[str, str]) -> None:
        """The service broke a rule."""
        if problem.rule not in self.table.rules:
            raise KeyError(f"points.toml has no rule {problem.rule!r}")
        self.breaches[problem.rule] += 1
        if self.phase in UNHURRIED:
            self.unfit = self.unfit or problem.rule
        self._wrongs.append(time.monotonic())
        if len(self.causes) < MOST_CAUSES or problem.rule not in {cause.rule for cause in self.causes}:
            again = problem.request or request
            line = curl(base, again, cookies) if again else ""
            at = round(time.monotonic() - self.began, 1)
            self.causes.append(Cause(rule=problem.rule, seen=problem.seen, curl=line, at=at, phase=self.phase))

    @property
    def errors(self) -> int:
        """Breaches of all rules together."""
        return self.breaches.total()

    @property
    def points(self) -> int:
        """What was earned, less what was lost; never below nothing."""
        earned = sum(self.table.actions[name].points * times for name, times in self.actions.items()) + self.fast
        lost = sum(self.table.rules[name].costs * times for name, times in self.breaches.items())
        return max(0, earned - lost)

    @property
    def luck(self) -> float:
        """The part by which chance alone makes such a score more or less: each action comes as independently as rain.

        One standard deviation of a compound Poisson sum; 1 where nothing was earned.
        """
        weights = [(self.table.actions[name].points, times) for name, times in self.actions.items()] + [(1, self.fast)]
        earned = sum(points * times for points, times in weights)
        return sqrt(sum(points**2 * times for points, times in weights)) / earned if earned else 1.0

    def lately(self, seconds: float) -> tuple[float, int, int]:
        """Of the last seconds: the 95th percentile of pages in seconds, how many there were, and breaches."""
        since = time.monotonic() - seconds
        waits = [took for at, took in self._recent if at >= since]
        wrongs = sum(at >= since for at in self._wrongs)
        return percentile(waits, 95), len(waits), wrongs

    def endpoints(self) -> Iterable[Endpoint]:
        """Each endpoint of the load, the one that took most time in all first."""
        for name, waits in sorted(self._seconds.items(), key=lambda item: -sum(item[1])):
            yield Endpoint(
                name=name,
                count=len(waits),
                p50_ms=round(percentile(waits, 50) * 1000, 1),
                p95_ms=round(percentile(waits, 95) * 1000, 1),
                errors=self._errors[name],
            )

    def failed(self) -> str:
        """The rule by which the run counts for nothing, if there is one."""
        for name in self.breaches:
            if self.table.rules[name].fails:
                return name
        if self.unfit:
            return self.unfit
        return "too-many-errors" if self.errors > max(1, self.requests * 0.01) else ""


def percentile(values: list[float], part: int) -> float:
    """A percentile of some values; 0 where there is none."""
    if len(values) < 2:
        return values[0] if values else 0.0
    return quantiles(values, n=100, method="inclusive")[part - 1]
