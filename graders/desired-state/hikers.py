"""Hikers on the way while something happens to the service, and what they meet."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from kikori.grading import Scene, eventually

PAUSE = 0.15
REPORTERS = 16
"""A report takes four seconds, and the engine sends nobody new to a task two seconds before it ends it."""
LONGEST = 14
"""Seconds that a hiker waits; a busy computer is no lost request."""


class Hikers:
    """Requests from outside, and what became of them."""

    def __init__(self, scene: Scene) -> None:
        self.gate, self.clients = scene.address("gate", 8080), scene.clients
        self.answers: Counter[str] = Counter()
        self.quickest = float(LONGEST)
        """Seconds that the report took that was taken in the soonest."""
        self.over = threading.Event()

    def failed(self) -> str:
        """The first kind of failure and how many there were; empty where there was none."""
        bad = [(kind, count) for kind, count in self.answers.items() if not kind.endswith((" 200", " 201"))]
        return ", ".join(f"{count} × {kind}" for kind, count in bad[:2])

    def told(self, session: requests.Session, method: str, path: str) -> str:
        """The status of an answer, or what came in its place."""
        try:
            answer = session.request(method, f"http://{self.gate}{path}", timeout=LONGEST)
        except requests.exceptions.RequestException as problem:
            return type(problem).__name__
        if method == "POST" and answer.status_code == requests.codes.created:
            self.quickest = min(self.quickest, answer.elapsed.total_seconds())
        return str(answer.status_code)

    def walk(self, method: str, path: str, begin: float) -> None:
        """Ask again and again until it is over, from ``begin`` seconds on: no two reports go in step."""
        self.over.wait(begin)
        with self.clients.session(method) as session:
            session.headers["Connection"] = "close"  # each hiker comes anew
            while not self.over.is_set():
                self.answers[f"{method} {path} {self.told(session, method, path)}"] += 1
                self.over.wait(PAUSE)


@contextmanager
def hiking(scene: Scene, *, reports: bool = True) -> Iterator[Hikers]:
    """Hikers on the way while the block runs: some ask for forecasts, and some send reports."""
    hikers = Hikers(scene)
    ways = [("GET", "/forecast", 0.0)] * 2
    ways += [("POST", "/reports", number / 4) for number in range(REPORTERS)] if reports else []
    threads = [threading.Thread(target=hikers.walk, args=way) for way in ways]
    for thread in threads:
        thread.start()
    try:
        eventually(lambda: hikers.answers.total(), lambda seen: seen >= 8, within=5)  # on their way before it happens
        yield hikers
    finally:
        hikers.over.set()
        for thread in threads:
            thread.join()
