"""Admission: a demand begins when the machine carries it beside those that run already."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

import msgspec
import psutil

from kikori.model import Kind, Lab
from kikori.prove.ledger import Row
from kikori.prove.plan import Work

CARRIED = 0.9
"""The part of all processors that the demands under way are expected to keep busy, at most."""
BUSY = 85.0
"""Percent of all processors from which on nothing new begins, whoever keeps them busy."""
LOOK = 1.0
"""Seconds over which that is measured; whoever began just before is seen in it."""
PATIENCE = 60.0
"""Seconds after which it begins all the same: a machine that others keep full would never prove anything."""
CORRECTED = (0.3, 2.0)
"""By what factor rows are corrected, at least and at most: of a busier machine they say too much."""
USUAL_SECONDS, USUAL_LOAD = 30.0, 0.3
"""What a demand without a row is expected to take, and how much of one processor meanwhile."""


MEASURED = 2
"""Demands side by side where one of them measures a service: docs/adr/0015 says what a single neighbour changes."""


class Task(msgspec.Struct, eq=False):
    """A demand that waits or runs, and what it should need."""

    lab: Lab
    name: str
    work: Work
    row: Row | None = None
    spent: float | None = None
    """Seconds of processor that it took, once it has ended."""

    @property
    def seconds(self) -> float:
        """Seconds that it should take."""
        traps = getattr(self.work, "keywords", {}).get("traps", [None])
        return self.row.wall if self.row else USUAL_SECONDS * len(traps)

    @property
    def load(self) -> float:
        """Processors that it should keep busy."""
        return self.row.processor / self.row.wall if self.row and self.row.wall else USUAL_LOAD

    @property
    def is_measured(self) -> bool:
        """Whether it runs a benchmark, which would measure its neighbours too."""
        return self.lab.about.kind is Kind.TUNE


class Admission:
    """Decides what begins next: the longest that the machine carries.

    What runs a benchmark comes first: with others it would find no room until they are all done, and then keep a
    machine that is empty otherwise.
    """

    def __init__(self, tasks: Sequence[Task], jobs: int, processors: int | None = None) -> None:
        self.waiting = sorted(tasks, key=lambda task: (not task.is_measured, -task.seconds))
        self.running: list[Task] = []
        self.jobs = jobs
        self.carried = CARRIED * (processors or os.cpu_count() or 1)
        self._since = 0.0
        self._recorded = self._spent = 0.0

    def begin(self) -> Task | None:
        """Begin the next one; ``None`` where there is no room for any."""
        task = next((one for one in self.waiting if self._fits(one)), None)
        if task is None or not self._is_calm():
            return None
        self._since = 0.0
        self.waiting.remove(task)
        self.running.append(task)
        return task

    def end(self, task: Task) -> None:
        """Make room again, and learn what rows are worth on this machine."""
        self.running.remove(task)
        if task.row and task.spent is not None:
            self._recorded += task.row.processor
            self._spent += task.spent

    def drop(self, lab: Lab) -> None:
        """Begin nothing more of a lab."""
        self.waiting = [task for task in self.waiting if task.lab != lab]

    def _fits(self, task: Task) -> bool:
        if not self.running:
            return True
        beside = [*self.running, task]
        if sum(one.lab.stack is not None for one in beside) > 1:
            return False  # the machine is in one swarm only, and it comes and goes with the scene
        if any(one.is_measured for one in beside) and len(beside) > MEASURED:
            return False
        loads = (min(one.load * self._correction(), self.carried / 2) for one in beside)
        return len(beside) <= self.jobs and sum(loads) <= self.carried

    def _correction(self) -> float:
        """Tell how much of what rows say was spent by those that have ended."""
        least, most = CORRECTED
        return min(max(self._spent / self._recorded, least), most) if self._recorded else 1.0

    def _is_calm(self) -> bool:
        """Tell whether the machine itself has room."""
        if not self.running:
            return True
        self._since = self._since or time.monotonic()
        return psutil.cpu_percent(LOOK) <= BUSY or time.monotonic() - self._since > PATIENCE
