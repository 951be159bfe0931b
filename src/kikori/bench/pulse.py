"""What a load looks like while it goes on, once a second, for whoever watches."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from kikori.bench.crowd import Crowd
from kikori.bench.tally import Tally
from kikori.model.record import Record

BEAT = 1.0


class Pulse(Record):
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


Watch = Callable[[Pulse], None]


@asynccontextmanager
async def felt(tally: Tally, crowd: Crowd, of: float, watch: Watch) -> AsyncIterator[None]:
    """Tell ``watch`` of every second for as long as this is open."""
    task = asyncio.create_task(_beat(tally, crowd, of, watch))
    try:
        yield
    finally:
        task.cancel()


async def _beat(tally: Tally, crowd: Crowd, of: float, watch: Watch) -> None:
    began = last = time.monotonic()
    heard = tally.requests
    while True:
        await asyncio.sleep(BEAT)
        now, before = time.monotonic(), heard
        heard = tally.requests
        p95, _, _ = tally.lately(now - last)
        pulse = Pulse(
            at=round(now - began, 1),
            of=of,
            users=len(crowd.tasks),
            requests=round((heard - before) / (now - last), 1),
            p95_ms=round(p95 * 1000, 1),
            errors=tally.errors,
        )
        last = now
        watch(pulse)
