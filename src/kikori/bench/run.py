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

from kikori.bench.result import Result
from kikori.bench.scenario import Scenario, scenario, table
from kikori.bench.score import Score
from kikori.bench.target import Target
from kikori.bench.usage import Reading, clock, host_load, machine, readings, usage
from kikori.bench.users.browser import Browser
from kikori.bench.users.http_client import HttpClient, http_client
from kikori.bench.users.load_sample import Sample, Watch, sampled
from kikori.bench.users.user_pool import UserPool, one_session
from kikori.bench.users.user_session import UserSession, Violation
from kikori.engine.client import Silent, Steps, Tell
from kikori.engine.services import wait_until
from kikori.errors import EnvironmentProblem
from kikori.model.record import Record

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

Checks = Sequence[tuple[str, Callable[[], UserSession]]]


class Run:
    """One run against one service."""

    def __init__(
        self, service: Target, seed: int, steps: Steps | None = None, watch: Watch = lambda sample: None
    ) -> None:
        self.service = service
        self.seed = seed
        self.steps = steps or Silent()
        self.watch = watch
        self.rng = Random(seed)  # noqa: S311
        self.table = table(service.lab)
        self.score = Score(self.table)
        self.scenario = self._scenario(self.score)
        self.measured: dict[str, Any] = {}

    def _scenario(self, score: Score) -> Scenario:
        return scenario(self.service.lab, self.service.truth(), self.rng, score.count)

    def whole(self, length: Length) -> Result:
        """All phases, one after the other; ends with the first that fails.

        Raises:
            EnvironmentProblem: the machine can't carry a run, or the service never came up.
        """
        self._preflight()
        asyncio.run(self._phases(length))
        return self._result(length)

    def checked(self, checks: Callable[[Scenario], Checks], *, fresh: bool = True) -> tuple[Score, Any]:
        """Initialize, if it is to be ``fresh``, and carry out some checks alone; gives what they found and wrote."""

        async def all_of_them() -> None:
            async with http_client(self.service.base, self.score.heard) as one:
                if not fresh or await self._initialize(one):
                    await self._all(one, "check", checks(self.scenario))
                    self._no_password_lies_about()

        asyncio.run(all_of_them())
        return self.score, self.scenario.probes()

    def _preflight(self) -> None:
        with self.steps.step("Looking whether all is ready"):
            wait_until(self.service.project.states, lambda one: one.state not in GETTING_WELL, PATIENCE_SECONDS)
            if unwell := [one.name for one in self.service.project.states() if one.state != "healthy"]:
                raise EnvironmentProblem(f"Not healthy: {', '.join(unwell)}.", "kikori status")
            if shutil.disk_usage(Path.cwd().anchor).free < NEEDED_BYTES:
                raise EnvironmentProblem("Less than 2 GiB of disk are free.", "kikori doctor")

    async def _phases(self, length: Length) -> None:
        async with http_client(self.service.base, self.score.heard) as one:
            with self.steps.step("Setting the data back"):
                if not await self._initialize(one):
                    return
            with self.steps.step("Checking every route") as tell:
                await self._all(one, "check", self.scenario.checks(), tell)
            if self.score.breaches:
                return
            await self._load(one, length)
            with self.steps.step("Reading what was written") as tell:
                await self._all(one, "written", self.scenario.written(), tell)
            self._every_route_worked()
            await asyncio.to_thread(self._no_password_lies_about)

    async def _initialize(self, one: HttpClient) -> bool:
        await self._dirty_data(one)
        self.score.enter("initialize")
        request = self.scenario.initialize
        answer = await one.fetch(request, Browser(self.rng), INITIALIZE_SECONDS)
        try:
            if answer.status != 200:
                raise Violation("initialize", f"status {answer.status or answer.text} after {answer.seconds:.1f} s")
            self.measured["name"] = self.scenario.initialized(answer.body)
        except Violation as problem:
            self.score.wrong(problem, one.base, request, {})
            return False
        return True

    async def _dirty_data(self, one: HttpClient) -> None:
        """Leave something to be set back; what goes wrong here does not count, since the data may be in any state."""
        careless = Score(self.table)
        for _, session in self._scenario(careless).dirty_data():
            await one_session(one, careless, session(), self.rng)

    async def _all(self, one: HttpClient, phase: str, checks: Checks, tell: Tell = lambda line: None) -> None:
        self.score.enter(phase)
        for number, (name, check) in enumerate(checks, 1):
            tell(f"{number}/{len(checks)} {name}")
            await one_session(one, self.score, check(), self.rng)

    async def _load(self, one: HttpClient, length: Length) -> None:
        pool = UserPool(one, self.score, self.scenario.draw, self.rng)
        self.score.enter("warm-up")
        with self.steps.step("Warming up"):
            await pool.run(length.warm_up, length.step)
        self.score.enter("load")
        before, asked = await self._counters()
        with self.steps.step("Letting the users in") as tell:
            began = clock()
            self.score.scoring = True
            async with sampled(self.score, pool, length.load, _both(tell, self.watch)):
                await pool.run(length.load, length.step)
            self.score.scoring = False
            ended = clock()
        after, now = await self._counters()
        self.measured |= {
            "users": len(pool.tasks),
            "limit": pool.limit,
            "generator": (ended.generator - began.generator) / (ended.at - began.at),
            "usage": tuple(usage(before, after)),
            "host_load": host_load(began, ended, before, after),
            "queries": None if asked is None or now is None else now - asked,
        }
        with self.steps.step("Letting the last of them go home"):
            await pool.go_home(DRAIN_SECONDS)
        self._nothing_restarted()

    async def _counters(self) -> tuple[dict[str, Reading], int | None]:
        """What the engine and the database have counted until now."""
        taken = await asyncio.to_thread(readings, self.service.project)
        return taken, await asyncio.to_thread(self.service.queries)

    def _nothing_restarted(self) -> None:
        for one in self.measured["usage"]:
            if one.restarted:
                self._note(Violation("restarted", f"{one.service} was started again during the load"))

    def _every_route_worked(self) -> None:
        for route in self.table.routes:
            if route not in self.score.worked:
                self._note(Violation("route", f"{route} never worked"))

    def _no_password_lies_about(self) -> None:
        for service, path in self.service.lying_about(self.scenario.secrets()):
            self._note(Violation("plain-password", f"a new member's password can be read in {path} of {service}"))

    def _note(self, problem: Violation) -> None:
        self.score.wrong(problem, self.service.base, None, {})

    def _result(self, length: Length) -> Result:
        score, queries = self.score, self.measured.get("queries")
        return Result(
            lab=self.service.lab.id,
            at=time.time(),
            seed=self.seed,
            profile=self.service.profile,
            seconds=length.load,
            points=score.points,
            causes=tuple(_first_of_each(score)),
            breaches=dict(score.breaches),
            failed=score.failed(),
            actions=dict(score.actions),
            fast=score.fast,
            users=self.measured.get("users", 0),
            requests=score.requests,
            errors=score.errors,
            endpoints=tuple(score.endpoints()),
            usage=self.measured.get("usage", ()),
            queries_per_page=None if queries is None or not score.pages else round(queries / score.pages, 1),
            generator_cpu=round(self.measured.get("generator", 0.0), 3),
            limit=self.measured.get("limit", ""),
            luck=round(score.luck, 3),
            ground=self.measured.get("host_load"),
            machine=machine(self.service.project),
            workspace=content_of(Path(self.service.project.attempt.workspace)),
        )


def _both(tell: Tell, watch: Watch) -> Watch:
    def told(sample: Sample) -> None:
        tell(str(sample))
        watch(sample)

    return told


def _first_of_each(score: Score) -> Iterable[Any]:
    """The causes, with the first of each rule before all others, and of those that fail a run before these."""
    seen: set[str] = set()
    first = [cause for cause in score.causes if not (cause.rule in seen or seen.add(cause.rule))]  # type: ignore[func-returns-value]
    first.sort(key=lambda cause: not score.table.rules[cause.rule].fails)
    return [*first, *(cause for cause in score.causes if cause not in first)]


def content_of(folder: Path) -> str:
    """A hash of all files of a workspace."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
