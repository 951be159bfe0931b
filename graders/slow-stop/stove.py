"""How long dishes were on the stove when the stand calls them served: it is cold while the service is away.

Each moment is taken so that a dish gets too much rather than too little: a busy computer makes none look raw.
"""

import contextlib
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from docker.errors import APIError

from kikori.errors import OurFault
from kikori.grading import Answer, Scene, eventually

TICKS = 100
"""In how many parts of a second the kernel tells when a process began (proc_pid_stat(5))."""

PART = 0.6
"""What is less than this part of its time is too little, where only other starts tell how long a start takes."""


class Stove:
    """What was not cooked when the service ended, and when the stand first called it served."""

    def __init__(self, counter: Any, given: list[Any], end: float) -> None:
        self.counter = counter
        self.lit = end
        """When the stove was lit again, or sooner."""
        self.open = time.time()
        self.before = {one.ticket: max(0.0, end - one.asked) for one in given}
        self.by_need = sorted(given, key=lambda one: one.asked + counter.least(one), reverse=True)
        self.served: dict[str, float] = {}

    def look(self, one: Any) -> Answer:
        """Ask for a ticket, and note when it is served."""
        answer: Answer = self.counter.look(one.ticket)
        if says_served(answer.text):
            self.served.setdefault(one.ticket, time.time())
        return answer

    def watch(self, scene: Scene) -> None:
        """Look for each dish until it is served or has had its time; the stove was lit when the service began."""
        longest = max(map(self.counter.least, self.by_need), default=0.0)
        with ThreadPoolExecutor(4) as people:
            eventually(lambda: [*people.map(self.look, self._open())], lambda _: not self._open(), longest, every=0.05)
        if any(self._lacks(one, self.lit) for one in self.by_need):  # the sidecar takes its time
            lit = begun(scene)
            self.lit = lit if self.lit < lit < self.open else self.lit  # one that began later is another one

    def _open(self) -> list[Any]:
        return [one for one in self.by_need if one.ticket not in self.served]

    def _lacks(self, one: Any, now: float) -> bool:
        return bool(self.had(one, now) < self.counter.least(one))

    def had(self, one: Any, moment: float) -> float:
        """Give the most seconds that a dish can have been on the stove."""
        return float(self.before[one.ticket] + max(0.0, moment - self.lit))

    def hurried(self) -> dict[str, float]:
        """Find what was served although it had too little time, and how much."""
        found = ((one, self.served.get(one.ticket)) for one in self.by_need)
        return {one.ticket: self.had(one, at) for one, at in found if at is not None and self._lacks(one, at)}

    def doubtful(self) -> dict[str, float]:
        """Find what had too little time unless it cooked before the stand was open; gives the most it can have had.

        Too little is a ``PART`` of its time here: a busy computer shows late that the stand is open.
        """
        found = ((one, self.served.get(one.ticket)) for one in self.by_need)
        return {
            one.ticket: self.had(one, at)
            for one, at in found
            if at is not None
            and not self._lacks(one, at)
            and self.before[one.ticket] + at - self.open < self.counter.least(one) * PART
        }


def usual_start(scene: Scene, counter: Any) -> float:
    """Deploy with nothing to cook, twice; gives the seconds until the stand is open, of the quicker start.

    It is 0 where nobody can tell.
    """
    took = []
    for _ in range(2):
        scene.container("kitchen").stop(timeout=3)
        counter.replace()
        with contextlib.suppress(APIError):  # what does not start is for the next check to see
            scene.container("kitchen").start()
        eventually(lambda: scene.get("kitchen"), lambda seen: seen.status == 200, within=10)
        is_open, first = time.time(), begun(scene)
        took.append(is_open - first if first else 0.0)
    return min(took)


def begun(scene: Scene) -> float:
    """Tell when the service's first process began, as the kernel has it; 0 where the service does not run."""
    try:
        beside = scene.sidecar("kitchen")
        first, asked = beside.read("/proc/1/stat"), time.time()
        up = beside.read("/proc/uptime")
        return asked - (float((up or b"").split()[0]) - int((first or b"").rpartition(b")")[2].split()[19]) / TICKS)
    except (OurFault, IndexError, ValueError):
        return 0.0


def says_served(text: str) -> bool:
    """Tell whether an order, as the stand or its book has it, was served."""
    with contextlib.suppress(ValueError, AttributeError):
        return bool(json.loads(text).get("state") == "served")
    return False
