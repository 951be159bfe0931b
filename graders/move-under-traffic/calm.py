"""Another town, in which a single guest orders, and only between the steps: what traffic hides is seen there."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from judging import Failure, Part
from ledger import compare
from plays import LIMITS, STEPS
from stage import Ended, Stage

from kikori.errors import OurFault
from kikori.grading import eventually

BEHIND = 2.5
"""Seconds into a step for which the side that is to take over can write nothing."""
TAKES = {"forward": "new", "back": "old", "again": "new"}


@dataclass
class Calm:
    """What came of it."""

    quiet: int = 0
    front_runs: bool = False
    parts: list[Part] = field(default_factory=list)
    steps: dict[str, Ended] = field(default_factory=dict)
    behind: dict[str, int] = field(default_factory=dict)
    """For each move, how many orders the side that took over had otherwise than they were confirmed."""
    again: dict[str, int] = field(default_factory=dict)
    """For each move, the number that was told a second time by it."""
    failures: list[Failure] = field(default_factory=list)


class CalmPlay:
    """The plan, carried out there."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.calm = stage, Calm(quiet=stage.quiet)

    def whole(self) -> Calm:
        """Play all of it, or as far as the steps lead."""
        self.stage.ask("note", "POST")
        self.to_the_end()
        book = self.stage.ask("book")
        if book["odd"]:
            raise OurFault(f"the guest stumbled: {book['odd'][-1]}", "kikori check")
        self.calm.failures = [Failure.of(one, self.calm.parts) for one in book["failures"]]
        return self.calm

    def to_the_end(self) -> None:
        """Go from step to step."""
        self.calm.front_runs = self.stage.front_runs
        if not (self.calm.front_runs and self.step("prepare")):
            return
        self.without_the_new()
        if self.stage.ask("book")["failures"]:
            return  # the new one is needed already: what would fall behind is what takes the orders
        if all(self.moved(name, server) for name, server in TAKES.items()):
            self.step("finish")

    def step(self, name: str) -> bool:
        """Carry a step out; gives whether it ended well."""
        self.part(name)
        ended = self.stage.step(STEPS.get(name, name), LIMITS[name]).ended()
        self.calm.steps[name] = ended
        return ended.code == 0

    def part(self, name: str) -> None:
        """Something begins that has a name."""
        self.calm.parts.append(Part(name, time.time()))

    def without_the_new(self) -> None:
        """Order while the new database is off: before the first move nobody needs it."""
        self.part("prepared")
        self.stage.switch("new", "off")
        self.stage.ask("visit", "POST")
        self.stage.switch("new", "on")
        self.part("prepare")

    def moved(self, name: str, service: str) -> bool:
        """Move while the side that takes over is behind, just after the highest number was cancelled."""
        stage = self.stage
        stage.fall_behind(service)
        stage.ask("visit", "POST")
        stage.catch_up(service, BEHIND)
        told = self.told_twice()
        if not self.step(name):
            return False
        self.calm.behind[name] = self.differing(getattr(stage, service))
        stage.ask("order", "POST")
        if anew := self.told_twice() - told:
            self.calm.again[name] = min(anew)
        return True

    def told_twice(self) -> set[int]:
        """The numbers that were told for two orders so far."""
        book: dict[str, Any] = self.stage.ask("book")
        return set(compare(book["orders"], book["given"], [])["twice"])

    def differing(self, server: str) -> int:
        """How many orders a server has otherwise than they were confirmed; 0 where it tells none.

        Whoever orders there notices that.
        """

        def look() -> int | None:
            book, rows = self.stage.ask("book"), self.stage.rows(server)
            found = compare(book["orders"], book["given"], rows or [])
            return None if rows is None else sum(len(found[kind]) for kind in ("lost", "changed", "back"))

        return eventually(look, lambda count: count == 0, within=3, every=0.3) or 0
