"""Locust with two workers against the built-in generator: the same verdicts, each action counted once."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from aiohttp import web

from bench.test_user_pool import served
from kikori import paths
from kikori.bench.scenario import scenario, table
from kikori.bench.score import Score
from kikori.bench.users.http_client import http_client
from kikori.bench.users.user_pool import UserPool
from kikori.content import Catalog
from kikori.model import Kind
from kikori.scaffold import new_lab
from kikori.web.serving import unused_port

pytestmark = pytest.mark.slow

LAB = "quick-shelf"
POINTS = """
fast_ms = 1
routes = ["GET /books"]
[actions.read]
points = 2
about = { en = "A page of books, as it should be", ja = "正しい本のページ" }
[rules.wrong-page]
costs = 1
about = { en = "A page has other books", ja = "ページの本が違う" }
"""
SCENARIO = '''
"""Readers of a shelf, each of them known by a cookie."""
from kikori.bench.api import Request, Violation


class Scenario:
    def __init__(self, truth, rng, count, *, alone=True):
        self.truth, self.count = truth, count

    def draw(self, rng):
        return "read", self.read()

    def read(self):
        for path in ("/login", "/books"):
            request = Request(path)
            (answer,) = yield [request]
        if answer.body.decode() != self.truth["books"]:
            raise Violation("wrong-page", answer.body.decode(), request)
        self.count("read", answer.seconds)
'''


class Counts(NamedTuple):
    """What a generator says of itself, or the service of what it answered."""

    read: int
    wrong: int


class Shelf:
    """A service that gives every seventh reader another page, and none to whom it does not know."""

    def __init__(self) -> None:
        self.answers: Counter[str] = Counter()

    async def answer(self, asked: web.Request) -> web.Response:
        if asked.path == "/login":
            answer = web.Response(text="come in")
            answer.set_cookie("reader", "known", path="/books")
            return answer
        assert asked.cookies.get("reader") == "known"
        what = "wrong" if (self.answers.total() + 1) % 7 == 0 else "read"
        self.answers[what] += 1
        await asyncio.sleep(0.02)
        return web.Response(text=f"{what} books")

    @property
    def counts(self) -> Counts:
        return Counts(self.answers["read"], self.answers["wrong"])


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    new_lab(Catalog(), tmp_path, LAB, "start-here", "how-to-learn", Kind.TUNE)
    (tmp_path / "graders" / LAB / "bench").mkdir()
    (tmp_path / "graders" / LAB / "bench/points.toml").write_text(POINTS, encoding="utf-8")
    (tmp_path / "graders" / LAB / "bench/__init__.py").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "truth.json").write_text(json.dumps({"books": "read books"}))
    monkeypatch.setenv("KIKORI_CONTENT", str(tmp_path))
    return tmp_path


def of_our_own(places: Path, shelf: Shelf) -> Counts:
    """What the built-in generator counts."""
    lab = Catalog([paths.ROOT, places]).lab(LAB)
    score = Score(table(lab))
    score.scoring = True

    async def run() -> None:
        async with served(shelf.answer) as base, http_client(base, score.heard) as one:
            draw = scenario(lab, {"books": "read books"}, Random(1), score.count).draw
            users = UserPool(one, score, draw, Random(1))
            await users.run(3, step=1)
            await users.go_home(10)

    asyncio.run(run())
    return Counts(score.actions["read"], score.breaches["wrong-page"])


def of_locust(places: Path, shelf: Shelf) -> tuple[Counts, int]:
    """What Locust's master counts of two workers, and the score that it prints."""
    loop = asyncio.new_event_loop()
    ready, over = threading.Event(), asyncio.Event()
    at: list[str] = []

    async def serve() -> None:
        async with served(shelf.answer) as base:
            at.append(base)
            ready.set()
            await over.wait()

    serving = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    serving.start()
    assert ready.wait(10)
    try:
        said = locust(places, at[0])
    finally:
        loop.call_soon_threadsafe(over.set)
        serving.join()
        loop.close()
    told = {name: int(times) for times, name in re.findall(r"^(\d+) ([a-z-]+)$", said, re.MULTILINE)}
    (score,) = re.findall(r"^score (\d+)$", said, re.MULTILINE)
    return Counts(told["read"], told["wrong-page"]), int(score)


def locust(places: Path, base: str) -> str:
    """Run a master and two workers for a few seconds; gives what the master printed."""
    environment = os.environ | {"KIKORI_BENCH": LAB, "KIKORI_TRUTH": str(places / "truth.json")}
    environment["PYTHONPATH"] = str(paths.ROOT / "src")
    port = str(unused_port())
    each = [sys.executable, "-m", "locust", "-f", str(paths.ROOT / "src/kikori/bench/locustfile.py"), "--headless"]
    master = [*each, "--master", "--master-bind-host", "127.0.0.1", "--master-bind-port", port, "--expect-workers", "2"]
    master += ["--host", base, "-u", "6", "-r", "6", "-t", "4s", "--stop-timeout", "10", "--only-summary"]
    worker = [*each, "--worker", "--master-host", "127.0.0.1", "--master-port", port]
    workers = [subprocess.Popen(worker, env=environment, stderr=subprocess.DEVNULL) for _ in range(2)]
    try:
        done = subprocess.run(master, env=environment, capture_output=True, text=True, timeout=120, check=False)
    finally:
        for one in workers:
            one.terminate()
            one.wait(10)
    assert "read" in done.stdout, done.stderr
    return done.stdout


def test_two_workers_count_what_the_service_gave_as_the_built_in_generator_does(places: Path) -> None:
    one, two = Shelf(), Shelf()
    assert of_our_own(places, one) == one.counts
    counts, score = of_locust(places, two)
    assert counts == two.counts
    assert score == 2 * counts.read - counts.wrong
    assert min(*one.counts, *two.counts) > 3, "both met right pages and wrong ones"
