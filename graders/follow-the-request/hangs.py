"""What customers meet while the traces' receiver hangs, briefly and for longer, and who came meanwhile."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from operator import le
from statistics import median
from typing import Any

from kikori.errors import OurFault
from kikori.grading import Scene, eventually

BRIEF = 2.0  # seconds for which the receiver may hang, as the task says, and nothing is lost
LATE = 0.6  # seconds by which the engine may be late with that
ROUNDS = 3
MANY = 20  # customers who come in a brief hang, as the task says
BREATH = 3.5  # seconds between two hangs, in which customers come too
LONG = 16.0  # seconds of a hang after which whoever sends has given up once: an exporter waits for ten of them
QUICK = {
    "checkout": ("POST", "/orders", {"customer": "kikori", "payment": "shells"}, 400),
    "catalog": ("GET", "/browse?category=pens&page=0", None, 200),
}
"""What is quick on every morning: it waits for no database, and nothing slow is met there."""


class Hangs:
    """Some brief hangs and a long one; each is brought about once, when somebody wants to know of it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.usual = {name: [seconds for _ in range(8) if (seconds := self.quick(name))] for name in QUICK}
        self.first: dict[str, list[float]] = {name: [] for name in QUICK}
        """Seconds that the first customer of each brief hang had to wait."""
        self.brief = 0
        self.rows: list[dict[str, Any]] = []
        """Who came in a brief hang, with the traces that they brought."""
        self.during: dict[str, list[float]] = {name: [] for name in QUICK}
        self.served: list[bool] = []
        """Of the long hang: how long the quick ones waited, and whether customers were served."""

    @contextmanager
    def hang(self) -> Iterator[None]:
        """Let the receiver hang."""
        receiver = str(self.scene.inspect("traces")["Id"])
        self.scene.docker("pause", receiver)
        try:
            yield
        finally:
            self.scene.docker("unpause", receiver)

    def quick(self, service: str) -> float:
        """The seconds of a quick request; those of a patient customer where no right answer came."""
        method, path, body, status = QUICK[service]
        began = time.monotonic()
        answer = self.scene.ask(method, "front", path, json=body)
        return time.monotonic() - began if answer.status == status else 4.0

    def buy(self, number: int = 0) -> dict[str, Any]:
        """Put something into a cart, as one who brings a context."""
        trace, began = secrets.token_hex(16), time.monotonic()
        answer = self.scene.ask(
            "POST",
            "front",
            "/cart",
            json={"customer": f"kikori{number}", "product": 1 + secrets.randbelow(500)},
            headers={"traceparent": f"00-{trace}-{secrets.token_hex(8)}-01"},
        )
        seconds = time.monotonic() - began
        return {"method": "POST", "path": "/cart", "status": answer.status, "trace": trace, "seconds": seconds}

    def briefly(self) -> None:
        """Three brief hangs, in each of which some customers come.

        Raises:
            OurFault: the engine is too slow for a brief one.
        """
        for _ in range(9):
            if self.brief == ROUNDS:
                break
            with ThreadPoolExecutor(5) as street:
                began = time.monotonic()
                with self.hang():
                    first = {name: self.quick(name) for name in QUICK}
                    came = street.map(self.buy, range(MANY))
                    eventually(time.monotonic, partial(le, began + BRIEF), within=BRIEF)
                lasted = time.monotonic() - began
                rows = [row for row in came if row["status"] == 200]
            for name, seconds in first.items():
                self.first[name].append(seconds)
            if lasted <= BRIEF + LATE:
                self.rows, self.brief = self.rows + rows, self.brief + 1
            elif sum(first.values()) > BRIEF:  # the customer was slow, and not the engine: that says enough
                self.brief += 1
            eventually(self.buy, lambda _: False, within=BREATH, every=1)
        if self.brief < ROUNDS:
            raise OurFault("the traces' receiver could not be made to hang briefly: the engine is too slow")

    def for_long(self) -> None:
        """A hang in which whoever sends gives up once; customers come all the time."""
        if self.served:
            return
        with self.hang():
            eventually(self.come, lambda _: False, within=LONG, every=0.2)

    def come(self) -> None:
        """Let a customer of each kind come."""
        for name, seconds in self.during.items():
            seconds.append(self.quick(name))
        self.served.append(self.buy()["status"] == 200)


def middle(seconds: list[float]) -> float:
    """The usual one of some times."""
    return median(seconds) if seconds else 0.0
