"""Virtual users: more of them while the service keeps up, and no more once it does not."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from random import Random

from kikori.bench.score import Score
from kikori.bench.users.browser import Browsers
from kikori.bench.users.http_client import HttpClient
from kikori.bench.users.user_session import Request, UserSession, Violation

FIRST, MOST = 2, 400
SLOW = 0.8
"""Seconds at the 95th percentile of pages from which on no user is added."""
EASY = SLOW / 4
"""Seconds up to which users are added twice as fast."""
FULL = 0.85
"""Share of a core from which on the generator, and no longer the service, would be measured."""
BAD = 0.005
"""Share of breaches from which on no user is added."""
THINKING = 0.2
"""The longest that a user thinks between two visits, in seconds."""

Draw = Callable[[Random], tuple[str, UserSession]]


class UserPool:
    """The users of one run."""

    def __init__(self, line: HttpClient, score: Score, draw: Draw, rng: Random) -> None:
        self.line = line
        self.score = score
        self.draw = draw
        self.rng = rng
        self.tasks: list[asyncio.Task[None]] = []
        self.limit = ""
        """What last kept users from coming: the service, the generator, or that there are no more of them."""
        self._over = asyncio.Event()

    async def run(self, seconds: float, step: float) -> None:
        """Let users come for so long; every ``step`` seconds see whether the service keeps up."""
        deadline = time.monotonic() + seconds
        self._grow_to(max(FIRST, len(self.tasks)))
        while (left := deadline - time.monotonic()) > 0:
            began, own = time.monotonic(), time.process_time()
            await asyncio.sleep(min(step, left))
            if left > step:
                self._see(step, (time.process_time() - own) / (time.monotonic() - began))

    async def go_home(self, within: float) -> None:
        """Let every user end the visit that is under way, and no longer than so many seconds."""
        self._over.set()
        if self.tasks:
            _, late = await asyncio.wait(self.tasks, timeout=within)
            for task in late:
                task.cancel()
            for ended in await asyncio.gather(*self.tasks, return_exceptions=True):
                if isinstance(ended, Exception):
                    raise ended  # an error of the scenario itself, never of the service

    def _see(self, step: float, generator: float) -> None:
        """Let more users come, or note what is in their way."""
        p95, pages, wrongs = self.score.lately(step)
        if not pages or p95 >= SLOW or wrongs > pages * BAD:
            self.limit = "service"
        elif generator > FULL:
            self.limit = "generator"
        elif len(self.tasks) == MOST:
            self.limit = "users"
        else:
            more = 1.5 if p95 < EASY else 1.25
            self._grow_to(min(MOST, max(len(self.tasks) + 1, round(len(self.tasks) * more))))

    def _grow_to(self, users: int) -> None:
        while len(self.tasks) < users:
            self.tasks.append(asyncio.create_task(self._user(Random(self.rng.random()))))  # noqa: S311

    async def _user(self, rng: Random) -> None:
        while not self._over.is_set():
            _, session = self.draw(rng)
            await one_session(self.line, self.score, session, rng)
            await asyncio.sleep(rng.random() * THINKING)


async def one_session(line: HttpClient, score: Score, session: UserSession, rng: Random) -> None:
    """A visit with browsers of its own; what the service does wrong goes to the score."""
    browsers = Browsers(rng)
    last: list[Request] = []

    def noted() -> UserSession:
        """The visit, with a look at what it asks."""
        batch = next(session, None)
        while batch is not None:
            last[:] = batch
            try:
                batch = session.send((yield batch))
            except StopIteration:
                return

    try:
        await line.perform(noted(), browsers)
    except Violation as problem:
        asked = problem.request or (last[0] if last else None)
        score.wrong(problem, line.base, asked, browsers[asked.who].cookies(asked) if asked else {})
