"""The move, as the check plays it: prepare, forward, back, forward, finish, and what is looked at in between."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from judging import Failure, Part, openings, programs
from ledger import compare
from stage import QUIETS, Ended, Stage

from kikori.errors import OurFault
from kikori.grading import eventually

LIMITS = {"prepare": 60, "forward": 30, "back": 30, "again": 30, "finish": 60}
STEPS = {"again": "forward"}
OFF = 3.0
SOON = 15.0
"""Seconds in which finish ends once it can know that nobody comes: a TTL, a look, and three services to stop."""


@dataclass
class Move:
    """What came of it."""

    parts: list[Part] = field(default_factory=list)
    steps: dict[str, Ended] = field(default_factory=dict)
    before: dict[str, list[str]] = field(default_factory=dict)
    after: dict[str, list[str]] = field(default_factory=dict)
    missed: dict[str, list[str]] = field(default_factory=dict)
    found: dict[str, list[Any]] = field(default_factory=dict)
    doors: list[int] = field(default_factory=list)
    running: list[str] = field(default_factory=list)
    listening: list[str] = field(default_factory=list)
    book: dict[str, Any] = field(default_factory=dict)
    quiet: int = 0
    front_runs: bool = False

    @property
    def failures(self) -> list[Failure]:
        """All that failed, each with the part in which it did."""
        return [Failure.of(one, self.parts) for one in self.book.get("failures", ())]


class Play:
    """A move on a stage."""

    def __init__(self, stage: Stage, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.stage, self.move, self.meanwhile = stage, Move(quiet=stage.quiet), meanwhile
        self.programs, self.listening = programs(stage.commands("old")), stage.listening("old")

    def whole(self) -> Move:
        """Play all of it, or as far as the steps lead."""
        stage, move = self.stage, self.move
        move.front_runs = stage.front_runs
        move.before = stage.ask(f"leftovers/{stage.new}")
        if move.front_runs:
            stage.ask("begin", "POST")
            self.part("before", 2.5)
            self.to_the_end()
            stage.ask("rest", "POST")
            move.book = stage.ask("book")
            if move.book["odd"]:
                raise OurFault(f"an office stumbled: {move.book['odd'][-1]}", "kikori check")
        return move

    def to_the_end(self) -> None:
        """Go from step to step."""
        stage, move = self.stage, self.move
        if not (self.step("prepare", 2.0) and self.step("forward", 1.5)):
            return
        self.away("old")
        if not self.step("back", 1.5):
            return
        move.missed["back"] = self.missing(stage.old)
        self.away("new")
        if self.step("again", 2.0) and self.finish():
            stage.ask("rest", "POST")
            rows = stage.rows(stage.new) or []
            book = stage.ask("book")
            move.found = compare(book["orders"], book["given"], rows)
            move.after = self.leftovers()

    def leftovers(self) -> dict[str, list[str]]:
        """What there is on the new server; whoever followed it is noticed a little later to have gone."""
        stage, before = self.stage, self.move.before["followers"]
        return eventually(
            lambda: stage.ask(f"leftovers/{stage.new}"), lambda now: now["followers"] == before, within=5, every=0.5
        )

    def rest(self, seconds: float) -> None:
        """Let offices order for a while."""
        self.stage.ask(f"wait/{seconds}")

    def part(self, name: str, seconds: float) -> None:
        """Let some time pass that has a name."""
        self.move.parts.append(Part(name, time.time()))
        self.rest(seconds)

    def step(self, name: str, then: float) -> bool:
        """Carry a step out; gives whether it ended well."""
        self.move.parts.append(Part(name, time.time()))
        self.move.front_runs = self.stage.front_runs
        if not self.move.front_runs:
            return False
        ended = self.stage.step(STEPS.get(name, name), LIMITS[name]).ended()
        self.move.steps[name] = ended
        self.rest(then)
        return ended.code == 0

    def away(self, service: str) -> None:
        """Have the database that nobody needs now off for a while."""
        self.move.parts.append(Part(f"{service}-off", time.time()))
        if not self.stage.answers(getattr(self.stage, service)):
            return  # the plan has it off by itself
        self.stage.switch(service, "off")
        self.rest(OFF)
        self.stage.switch(service, "on")
        self.part(f"{service}-on", 1.0)

    def missing(self, server: str) -> list[str]:
        """Orders that were confirmed and that a server does not have, now and a second later."""
        seen: list[set[str]] = []
        for _ in range(2):
            book = self.stage.ask("book")
            seen.append(set(compare(book["orders"], book["given"], self.stage.rows(server) or [])["lost"]))
            self.rest(1.0)
        return sorted(set.intersection(*seen))

    def finish(self) -> bool:
        """Finish, while some keep the old address for longer than any calm town takes; then the old server is gone."""
        stage, move = self.stage, self.move
        move.parts.append(Part("finish", time.time()))
        move.front_runs = stage.front_runs
        if not move.front_runs:
            return False
        running = stage.step("finish", LIMITS["finish"])
        self.meanwhile()
        self.rest(QUIETS[1] + SOON)
        stage.ask("wake", "POST")
        ended = running.ended()
        move.steps["finish"] = ended
        if ended.code != 0:
            return False
        move.doors = stage.doors(stage.old)
        move.running, move.listening = eventually(self.still_there, lambda some: not any(some), within=3, every=0.5)
        move.parts.append(Part("gone", time.time()))
        stage.unplug_old()
        self.rest(3.0)
        return True

    def still_there(self) -> tuple[list[str], list[str]]:
        """What of the old server's services still runs, and where anything on it takes connections."""
        stage = self.stage
        runs = sorted(programs(stage.commands("old")) & self.programs)
        return runs, openings(stage.listening("old"), self.listening)
