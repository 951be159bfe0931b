"""A whole run: preflight, initialize, checks, warm-up, load, drain, what was written, report."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from kikori.bench.browser import Browser
from kikori.bench.crowd import Crowd, one_visit
from kikori.bench.drive import Line, line
from kikori.bench.ground import clock, ground
from kikori.bench.pulse import Pulse, Watch, felt
from kikori.bench.result import Result
from kikori.bench.scenario import Scenario, scenario, table
from kikori.bench.service import Service
from kikori.bench.tally import Tally
from kikori.bench.usage import Reading, machine, readings, usage
from kikori.bench.visit import Visit, Wrong
from kikori.errors import EnvironmentProblem
from kikori.model.record import Record
from kikori.runtime.services import awaited
from kikori.runtime.steps import Silent, Steps, Tell

GETTING_WELL = ("starting", "unhealthy")
PATIENCE_SECONDS = 45.0
"""A busy computer's healthcheck may be late once; the next look is at most 20 s away (docs/adr/0009)."""
INITIALIZE_SECONDS = 30.0
DRAIN_SECONDS = 5.0
NEEDED_BYTES = 2 * 1024**3


class Length(Record):
    """How long the parts of a run take, in seconds."""

    warm_up: float
    load: float
    step: float
    """After so long it is seen whether more users may come."""


FULL = Length(warm_up=5, load=60, step=2)
QUICK = Length(warm_up=3, load=15, step=1)

Checks = Sequence[tuple[str, Callable[[], Visit]]]


class Run:
    """One run against one service."""

    def __init__(
        self, service: Service, seed: int, steps: Steps | None = None, watch: Watch = lambda pulse: None
    ) -> None:
        self.service = service
        self.seed = seed
        self.steps = steps or Silent()
        self.watch = watch
        self.rng = Random(seed)  # noqa: S311
        self.table = table(service.lab)
        self.tally = Tally(self.table)
        self.scenario = self._scenario(self.tally)
        self.measured: dict[str, Any] = {}

    def _scenario(self, tally: Tally) -> Scenario:
        return scenario(self.service.lab, self.service.truth(), self.rng, tally.count)

    def whole(self, length: Length) -> Result:
        """All phases, one after the other; ends with the first that fails.

        Raises:
            EnvironmentProblem: the machine can't carry a run, or the service never came up.
        """
        self._preflight()
        asyncio.run(self._phases(length))
        return self._result(length)

    def checked(self, checks: Callable[[Scenario], Checks], *, fresh: bool = True) -> tuple[Tally, Any]:
        """Initialize, if it is to be ``fresh``, and carry out some checks alone; gives what they found and wrote."""

        async def all_of_them() -> None:
            async with line(self.service.base, self.tally.heard) as one:
                if not fresh or await self._initialize(one):
                    await self._all(one, "check", checks(self.scenario))
                    self._no_password_lies_about()

        asyncio.run(all_of_them())
        return self.tally, self.scenario.probes()

    def _preflight(self) -> None:
        with self.steps.step("Looking whether all is ready"):
            awaited(self.service.project.states, lambda one: one.state not in GETTING_WELL, PATIENCE_SECONDS)
            if unwell := [one.name for one in self.service.project.states() if one.state != "healthy"]:
                raise EnvironmentProblem(f"Not healthy: {', '.join(unwell)}.", "kikori status")
            if shutil.disk_usage(Path.cwd().anchor).free < NEEDED_BYTES:
                raise EnvironmentProblem("Less than 2 GiB of disk are free.", "kikori doctor")

    async def _phases(self, length: Length) -> None:
        async with line(self.service.base, self.tally.heard) as one:
            with self.steps.step("Setting the data back"):
                if not await self._initialize(one):
                    return
            with self.steps.step("Checking every route") as tell:
                await self._all(one, "check", self.scenario.checks(), tell)
            if self.tally.breaches:
                return
            await self._load(one, length)
            with self.steps.step("Reading what was written") as tell:
                await self._all(one, "written", self.scenario.written(), tell)
            self._every_route_worked()
            await asyncio.to_thread(self._no_password_lies_about)

    async def _initialize(self, one: Line) -> bool:
        await self._litter(one)
        self.tally.enter("initialize")
        request = self.scenario.initialize
        answer = await one.fetch(request, Browser(self.rng), INITIALIZE_SECONDS)
        try:
            if answer.status != 200:
                raise Wrong("initialize", f"status {answer.status or answer.text} after {answer.seconds:.1f} s")
            self.measured["name"] = self.scenario.initialized(answer.body)
        except Wrong as problem:
            self.tally.wrong(problem, one.base, request, {})
            return False
        return True

    async def _litter(self, one: Line) -> None:
        """Leave something to be set back; what goes wrong here does not count, since the data may be in any state."""
        careless = Tally(self.table)
        for _, visit in self._scenario(careless).litter():
            await one_visit(one, careless, visit(), self.rng)

    async def _all(self, one: Line, phase: str, checks: Checks, tell: Tell = lambda line: None) -> None:
        self.tally.enter(phase)
        for number, (name, check) in enumerate(checks, 1):
            tell(f"{number}/{len(checks)} {name}")
            await one_visit(one, self.tally, check(), self.rng)

    async def _load(self, one: Line, length: Length) -> None:
        crowd = Crowd(one, self.tally, self.scenario.draw, self.rng)
        self.tally.enter("warm-up")
        with self.steps.step("Warming up"):
            await crowd.run(length.warm_up, length.step)
        self.tally.enter("load")
        before, asked = await self._counters()
        with self.steps.step("Letting the users in") as tell:
            began = clock()
            self.tally.scoring = True
            async with felt(self.tally, crowd, length.load, _both(tell, self.watch)):
                await crowd.run(length.load, length.step)
            self.tally.scoring = False
            ended = clock()
        after, now = await self._counters()
        self.measured |= {
            "users": len(crowd.tasks),
            "limit": crowd.limit,
            "generator": (ended.generator - began.generator) / (ended.at - began.at),
            "usage": tuple(usage(before, after)),
            "ground": ground(began, ended, before, after),
            "queries": None if asked is None or now is None else now - asked,
        }
        with self.steps.step("Letting the last of them go home"):
            await crowd.go_home(DRAIN_SECONDS)
        self._nothing_restarted()

    async def _counters(self) -> tuple[dict[str, Reading], int | None]:
        """What the engine and the database have counted until now."""
        taken = await asyncio.to_thread(readings, self.service.project)
        return taken, await asyncio.to_thread(self.service.queries)

    def _nothing_restarted(self) -> None:
        for one in self.measured["usage"]:
            if one.restarted:
                self._note(Wrong("restarted", f"{one.service} was started again during the load"))

    def _every_route_worked(self) -> None:
        for route in self.table.routes:
            if route not in self.tally.worked:
                self._note(Wrong("route", f"{route} never worked"))

    def _no_password_lies_about(self) -> None:
        for service, path in self.service.lying_about(self.scenario.secrets()):
            self._note(Wrong("plain-password", f"a new member's password can be read in {path} of {service}"))

    def _note(self, problem: Wrong) -> None:
        self.tally.wrong(problem, self.service.base, None, {})

    def _result(self, length: Length) -> Result:
        tally, queries = self.tally, self.measured.get("queries")
        return Result(
            lab=self.service.lab.id,
            at=time.time(),
            seed=self.seed,
            profile=self.service.profile,
            seconds=length.load,
            points=tally.points,
            causes=tuple(_first_of_each(tally)),
            breaches=dict(tally.breaches),
            failed=tally.failed(),
            actions=dict(tally.actions),
            fast=tally.fast,
            users=self.measured.get("users", 0),
            requests=tally.requests,
            errors=tally.errors,
            endpoints=tuple(tally.endpoints()),
            usage=self.measured.get("usage", ()),
            queries_per_page=None if queries is None or not tally.pages else round(queries / tally.pages, 1),
            generator_cpu=round(self.measured.get("generator", 0.0), 3),
            limit=self.measured.get("limit", ""),
            luck=round(tally.luck, 3),
            ground=self.measured.get("ground"),
            machine=machine(self.service.project),
            workspace=content_of(Path(self.service.project.attempt.workspace)),
        )


def _both(tell: Tell, watch: Watch) -> Watch:
    def told(pulse: Pulse) -> None:
        tell(str(pulse))
        watch(pulse)

    return told


def _first_of_each(tally: Tally) -> Iterable[Any]:
    """The causes, with the first of each rule before all others, and of those that fail a run before these."""
    seen: set[str] = set()
    first = [cause for cause in tally.causes if not (cause.rule in seen or seen.add(cause.rule))]  # type: ignore[func-returns-value]
    first.sort(key=lambda cause: not tally.table.rules[cause.rule].fails)
    return [*first, *(cause for cause in tally.causes if cause not in first)]


def content_of(folder: Path) -> str:
    """A hash of all files of a workspace."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
