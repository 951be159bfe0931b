"""A bad day in the telegram office, lived once for all checks: the stores go away, come back slowly, and are killed."""

import http.client
import json
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from kikori.grading import Scene, eventually

CALM, AWAY, SLOW, LAST = 40, 700, 300, 100  # telegrams in each part of the day
OUTAGE = 2.2  # seconds that the stores stay away after that: some scrapes fall into them, and queues come to rest
STALLED = 1.5  # seconds: no busy computer makes an answer of a millisecond so late, twice
PATIENCE = 4
QUIET = 8  # seconds without a new record, after which no more are expected
RECORDS = "/srv/records/telegrams.jsonl"
SPECIAL = {
    "language": "ご結婚おめでとうございます 🎎 Ærø, Škoda",
    "lines": "Dear all,\n\n  one\ttab, two lines.\n謹んで\n\nYours",
    "long": "Once more from the beginning. " * 3000,
}
# A store that works for a moment and then stands still, again and again; it is left working in any case.
SLOWLY = (
    "pid=$(pgrep -x rsyslogd); for _ in 1 2 3 4 5; do kill -STOP $pid; sleep 0.45; kill -CONT $pid; sleep 0.05; done"
)


class Telegrams:
    """Hands telegrams in, one after the other, and keeps what was accepted and how long it took."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.run = secrets.token_hex(3)
        self.accepted: dict[int, str] = {}
        self.refused: list[int] = []
        self.number = 0
        self.line: http.client.HTTPConnection | None = None

    def outage(self) -> list[float]:
        """Send while a store is away, some of them large enough to fill whatever buffers there are."""
        took = self.send(AWAY // 5)
        return took + self.send(AWAY - AWAY // 5, ["Filled to the brim. " * 5000] * 6)

    def send(self, many: int, texts: Iterable[str] = ()) -> list[float]:
        """Send so many, the given texts first; stop when the counter has stalled twice. Gives the seconds of each."""
        self.line, took = None, list[float]()  # the counter may have been restarted
        given = iter(texts)
        for _ in range(many):
            self.number += 1
            took.append(self.one(next(given, f"Happy birthday, number {self.number}.")))
            if sum(seconds > STALLED for seconds in took) > 1:
                break
        return took

    def one(self, text: str) -> float:
        """Send one; gives the seconds that it took."""
        begun = time.monotonic()
        try:
            status = self.post({"to": f"{self.run}/{self.number:05}", "text": text})
        except (OSError, http.client.HTTPException):
            status, self.line = 0, None
        if status == 201:
            self.accepted[self.number] = text
        else:
            self.refused.append(status)
        return time.monotonic() - begun

    def post(self, telegram: dict[str, str]) -> int:
        """Ask over the connection that is open, or over a new one."""
        if self.line is None:
            self.line = http.client.HTTPConnection(self.scene.address("counter") or "127.0.0.1:9", timeout=PATIENCE)
        self.line.request("POST", "/telegrams", json.dumps(telegram), {"Content-Type": "application/json"})
        answer = self.line.getresponse()
        answer.read()
        return answer.status


class Day:
    """What a bad day showed."""

    special = SPECIAL

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.telegrams = Telegrams(scene)
        self.calm = self.telegrams.send(CALM, SPECIAL.values())
        eventually(lambda: len(self.records()), lambda arrived: arrived >= len(self.telegrams.accepted), within=4)
        with stores_away(scene):
            # What was on the wire unconfirmed may be lost with both ends, by RELP too: nobody is blamed for that.
            restart_counter(scene)
            self.away_from = time.time()
            self.away = self.telegrams.outage()
            begun = time.monotonic()
            eventually(time.monotonic, lambda now: now - begun > OUTAGE, within=OUTAGE)
            self.away_until = time.time()
            self.before, self.parts = len(self.telegrams.accepted), [CALM, self.telegrams.number]
            restart_counter(scene)
        self.slow = self.slow_hours()
        self.since = len(self.telegrams.accepted) - self.before
        self.counted = eventually(self.in_the_graph, self.is_right, within=12, every=0.3)
        self.series = query(scene, 'count({job="counter"})')
        self.samples = eventually(self.during_the_outage, bool, within=3, every=0.3)
        self.page = scene.get("counter", "/metrics").text
        self.arrived = self.what_arrived()

    def slow_hours(self) -> list[float]:
        """The store of the records is back, and slow; then it is killed while telegrams come in."""
        inside(self.scene, "logs", SLOWLY, wait=False)
        took = self.telegrams.send(SLOW)
        self.parts.append(self.telegrams.number)
        inside(self.scene, "logs", "kill -CONT $(pgrep -x rsyslogd); sv kill store")
        return took + self.telegrams.send(LAST)

    def what_arrived(self) -> list[tuple[int, str]]:
        """The day's records in the store, in their order, once all are there or no more come."""
        if not self.all_arrived() and max((number for number, _ in self.records()), default=0) <= CALM:
            restart_counter(self.scene)  # who waits half a minute between two attempts makes one at once
            self.all_arrived()
        return self.records()

    def all_arrived(self) -> bool:
        """Wait until all are there, or until none has come for a while."""
        wanted, seen, deadline = set(self.telegrams.accepted), -1, time.monotonic() + 25
        while time.monotonic() < deadline:
            had, rows = seen, eventually(self.records, lambda rows, had=seen: len(rows) > had, within=QUIET, every=0.25)
            if wanted <= {number for number, _ in rows}:
                return True
            seen = len(rows)
            if seen <= had:
                break
        return False

    def records(self) -> list[tuple[int, str]]:
        """The day's records in the store now."""
        mark = self.telegrams.run
        lines = inside(self.scene, "logs", f"grep -aF {mark} {RECORDS}").splitlines()
        found = [(re.search(rf"{mark}\\*/(\d{{5}})", line), line) for line in lines]
        return [(int(match[1]), line) for match, line in found if match]

    def in_the_graph(self) -> int:
        """How many telegrams the store of the metrics knows of since the counter was restarted."""
        return query(self.scene, 'sum(http_requests_total{service="counter",route="/telegrams",code="201"})')

    def is_right(self, counted: int) -> bool:
        """Whether that is what was accepted, and no older value; others may have sent some in between."""
        return self.since <= counted <= self.since * 1.02 + 5

    def during_the_outage(self) -> int:
        """How many samples the store of the metrics has of the time in which it was away."""
        span = f"start={self.away_from + 0.5:.3f}&end={self.away_until:.3f}"
        path = f'/api/v1/export?match[]=http_requests_total{{service="counter",route="/telegrams"}}&{span}'
        rows = [json.loads(line) for line in self.scene.get("metrics", path).text.splitlines() if line.startswith("{")]
        return max((len(row["timestamps"]) for row in rows), default=0)


def inside(scene: Scene, service: str, script: str, *, wait: bool = True) -> str:
    """Run a shell script in a service as an operator would; gives what it says."""
    way = ["exec"] if wait else ["exec", "--detach"]
    return scene.docker(*way, str(scene.inspect(service)["Id"]), "sh", "-c", script).stdout


def query(scene: Scene, what: str) -> int:
    """One number of the store of the metrics; 0 where it has none."""
    answer = scene.get("metrics", "/api/v1/query", params={"query": what})
    rows: list[dict[str, Any]] = json.loads(answer.text)["data"]["result"] if answer.status == 200 else []
    return int(float(rows[0]["value"][1])) if rows else 0


@contextmanager
def stores_away(scene: Scene) -> Iterator[None]:
    """Both stores go away, that of the records without a word; afterwards they are there again, whatever happens."""
    try:
        inside(scene, "logs", "sv down store; sv kill store")
        # VictoriaMetrics may end in order: killed in its first seconds, it can't read its own first part again.
        inside(scene, "metrics", "sv -w 7 down store")
        yield
    finally:
        for service in ("logs", "metrics"):
            inside(scene, service, "sv up store")
        eventually(lambda: scene.get("metrics", "/health").status, lambda seen: seen == 200, within=8)


def restart_counter(scene: Scene) -> None:
    """Restart whatever runs on the counter's computer, as a shutdown would: told to end, with some time for it."""
    inside(scene, "counter", "sv -w 10 force-restart /etc/service/* || sv start /etc/service/*")
    eventually(lambda: scene.get("counter", "/health").status, lambda seen: seen == 200, within=10)


days: dict[str, Day] = {}


@pytest.fixture(scope="module")
def day(scene: Scene) -> Day:
    """A bad day; whoever asks later gets the same."""
    if scene.attempt.id not in days:
        days[scene.attempt.id] = Day(scene)
    return days[scene.attempt.id]
