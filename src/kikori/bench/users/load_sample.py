"""What a load looks like while it goes on, once a second, for whoever watches."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from kikori.bench.score import Score
from kikori.bench.users.user_pool import UserPool
from kikori.model.record import Record

BEAT = 1.0


class Sample(Record):
    """One second of a load."""

    at: float
    """Seconds since the load began."""
    of: float
    """Seconds that it takes in all."""
    users: int
    requests: float
    """Answers in a second, images and styles with them."""
    p95_ms: float
    """Of pages, in that second."""
    errors: int
    """Since the run began."""

    def __str__(self) -> str:
        """One line of progress."""
        return f"{self.users} users, {self.requests:.0f} requests/s, p95 {self.p95_ms:.0f} ms, {self.errors} errors"


Watch = Callable[[Sample], None]


@asynccontextmanager
async def sampled(score: Score, pool: UserPool, of: float, watch: Watch) -> AsyncIterator[None]:
    """Tell ``watch`` of every second for as long as this is open."""
    task = asyncio.create_task(_beat(score, pool, of, watch))
    try:
        yield
    finally:
        task.cancel()


async def _beat(score: Score, pool: UserPool, of: float, watch: Watch) -> None:
    began = last = time.monotonic()
    heard = score.requests
    while True:
        await asyncio.sleep(BEAT)
        now, before = time.monotonic(), heard
        heard = score.requests
        p95, _, _ = score.lately(now - last)
        sample = Sample(
            at=round(now - began, 1),
            of=of,
            users=len(pool.tasks),
            requests=round((heard - before) / (now - last), 1),
            p95_ms=round(p95 * 1000, 1),
            errors=score.errors,
        )
        last = now
        watch(sample)
