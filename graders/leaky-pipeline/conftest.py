"""A bad day in the telegram office, lived once for all checks: the stores go away, come back slowly, and are killed."""

import http.client
import json
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from kikori.grading import Scene, eventually

CALM, AWAY, SLOW, LAST = 40, 700, 300, 100  # telegrams in each part of the day
OUTAGE, SCRAPES = 1.5, 3  # the stores stay away for so many more seconds, and scrapes of the counter's page, at least
STALLED, PATIENCE = 1.5, 4  # seconds: no busy computer makes an answer of a millisecond so late, twice
QUIET = 8  # seconds without a new record, after which no more are expected
RECORDS = "/srv/records/telegrams.jsonl"
SPECIAL = {
    "language": "ご結婚おめでとうございます 🎎 Ærø, Škoda",
    "lines": "Dear all,\n\n  one\ttab, two lines.\n謹んで\n\nYours",
    "long": "Once more from the beginning. " * 3000,
}
# A store that works for a moment and then stands still, again and again; it is left working in any case.
SLOWLY = (
    "touch /tmp/slow; pid=$(pgrep -x rsyslogd); "
    "for _ in 1 2 3 4; do kill -STOP $pid; sleep 0.45; kill -CONT $pid; sleep 0.05; done; rm /tmp/slow"
)
# Then it stands still, for as long as the grader may need; what is sent to it meanwhile lies in its socket.
STILL = (
    "for _ in $(seq 50); do [ -e /tmp/slow ] || break; sleep 0.1; done; "
    "pid=$(pgrep -x rsyslogd); kill -STOP $pid; (sleep 9; kill -CONT $pid) >/dev/null 2>&1 &"
)
KILLED = (
    "pid=$(pgrep -x rsyslogd); kill -KILL $pid; "
    "for _ in $(seq 50); do pgrep -x rsyslogd | grep -qx $pid || break; sleep 0.1; done"
)
# What nobody has read yet, and how often vmagent has asked.
BUSY = (
    "ss -xnH | awk '{ unread += $3 } END { print unread + 0 }'; "
    "curl -s localhost:8429/metrics | awk '/^vm_promscrape_scrapes_total/ { print $2 }'"
)
TELEGRAMS = 'http_requests_total{service="counter",route="/telegrams",code="201"}'


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
        return self.send(AWAY // 5) + self.send(AWAY - AWAY // 5, ["Filled to the brim. " * 5000] * 6)

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
        self.all_arrived(self.plain())
        with stores_away(scene):
            # What was on the wire unconfirmed may be lost with both ends, by RELP too: nobody is blamed for that.
            restart_counter(scene)
            self.away_from = clock(scene)
            self.away = self.telegrams.outage()
            self.comes_to_rest()
            self.away_until = clock(scene)
            self.before, self.parts = len(self.telegrams.accepted), [CALM, self.telegrams.number]
            restart_counter(scene)
        self.slow = self.slow_hours()
        self.since, self.end = len(self.telegrams.accepted) - self.before, clock(scene)
        graph = f"sum(last_over_time({TELEGRAMS}[%s]))"
        self.counted = eventually(lambda: self.lately(graph), self.is_right, within=15, every=0.3)
        self.series = self.lately('count(last_over_time({job="counter"}[%s]))')
        self.samples = eventually(self.during_the_outage, bool, within=6, every=0.3)
        self.page = scene.get("counter", "/metrics").text
        self.all_arrived(self.plain() if self.came_through else self.plain(self.parts[-1]))
        self.arrived = self.records()

    def plain(self, after: int = 0) -> set[int]:
        """The accepted telegrams that any pipeline can carry; the special ones came first and have had their time."""
        return {n for n, text in self.telegrams.accepted.items() if n > after and text not in SPECIAL.values()}

    def comes_to_rest(self) -> None:
        """Wait until the agents have taken what the counter handed over and told: what comes then is theirs."""
        begun, before = time.monotonic(), self.busy()[1]

        def rested(busy: tuple[int, int]) -> bool:
            return time.monotonic() - begun > OUTAGE and not busy[0] and busy[1] >= before + SCRAPES

        eventually(self.busy, rested, within=7)

    def busy(self) -> tuple[int, int]:
        """How much on the counter's computer nobody has read yet, and how often vmagent has asked since its start."""
        unread, asked, *_ = [*inside(self.scene, "counter", BUSY).split(), "0", "0"]
        return int(unread), int(asked)

    def slow_hours(self) -> list[float]:
        """The store of the records is back, and slow; when all has come through it is killed, with records unread.

        Not earlier, and dead before the last telegrams come: who waits for a receipt and has no more to send is blind.
        """
        inside(self.scene, "logs", SLOWLY, wait=False)
        took = self.telegrams.send(SLOW)
        self.came_through = self.all_arrived(self.plain()) or self.all_arrived_at_last()
        self.parts.append(self.telegrams.number)
        inside(self.scene, "logs", STILL)
        took += self.telegrams.send(LAST // 2)
        inside(self.scene, "logs", KILLED)
        return took + self.telegrams.send(LAST - LAST // 2)

    def all_arrived_at_last(self) -> bool:
        """Restart the carriers and wait once more: rsyslog may rest for a minute, with the store there and work to do.

        Nothing is on the wire then, so that a restart takes nothing away from whoever keeps what is not delivered.
        """
        self.before = len(self.telegrams.accepted)
        restart_counter(self.scene)
        return self.all_arrived(self.plain())

    def all_arrived(self, wanted: set[int]) -> bool:
        """Wait until all of these are there, or until none has come for a while."""
        rows, had, deadline = self.records(), -1, time.monotonic() + 30
        while len(rows) > had and time.monotonic() < deadline:
            if wanted <= {number for number, _ in rows}:
                return True
            had = len(rows)
            rows = eventually(self.records, lambda rows, had=had: len(rows) > had, within=QUIET, every=0.25)
        return False

    def records(self) -> list[tuple[int, str]]:
        """The day's records in the store now."""
        mark = self.telegrams.run
        lines = inside(self.scene, "logs", f"grep -aF {mark} {RECORDS}").splitlines()
        # A killed store may leave half a line, to which the next record is added.
        return [(int(found[1]), line) for line in lines for found in re.finditer(rf"{mark}\\*/(\d{{5}})", line)]

    def lately(self, what: str) -> int:
        """A number of the store of the metrics, from what was asked after the last telegram alone; 0 if it has none.

        Without that bound, a value of an hour ago that happens to be the right one would pass for today's.
        """
        self.scene.get("metrics", "/internal/force_flush")  # what has arrived can be found from now on
        now = clock(self.scene)
        asked = {"query": what % f"{max(now - self.end, 0.001):.3f}s", "time": f"{now:.3f}"}
        answer = self.scene.get("metrics", "/api/v1/query", params=asked)
        rows = json.loads(answer.text)["data"]["result"] if answer.status == 200 else []
        return int(float(rows[0]["value"][1])) if rows else 0

    def is_right(self, counted: int) -> bool:
        """Whether that is what was accepted, and no older value; others may have sent some in between."""
        return self.since <= counted <= self.since * 1.02 + 5

    def during_the_outage(self) -> int:
        """How many samples the store of the metrics has of the time in which it was away."""
        span = {"start": f"{self.away_from:.3f}", "end": f"{self.away_until:.3f}", "match[]": TELEGRAMS}
        self.scene.get("metrics", "/internal/force_flush")
        answer = self.scene.get("metrics", "/api/v1/export", params=span)
        rows = [json.loads(line) for line in answer.text.splitlines() if line.startswith("{")]
        return max((len(row["timestamps"]) for row in rows), default=0)


def inside(scene: Scene, service: str, script: str, *, wait: bool = True) -> str:
    """Run a shell script in a service as an operator would; gives what it says."""
    way = ["exec"] if wait else ["exec", "--detach"]
    return scene.docker(*way, str(scene.inspect(service)["Id"]), "sh", "-c", script).stdout


def clock(scene: Scene) -> float:
    """The time of day in the lab, which is not always that of the computer it runs on."""
    return float(inside(scene, "metrics", "date +%s.%N"))


@contextmanager
def stores_away(scene: Scene) -> Iterator[None]:
    """Both stores go away, that of the records without a word; afterwards they are there again, whatever happens."""
    try:
        inside(scene, "logs", "sv once store; sv kill store; sv -w 7 down store")
        # VictoriaMetrics may end in order: killed in its first seconds, it can't read its own first part again.
        inside(scene, "metrics", "sv -w 7 down store")
        yield
    finally:
        for service in ("logs", "metrics"):
            inside(scene, service, "sv up store")
        eventually(lambda: scene.get("metrics", "/health").status, lambda seen: seen == 200, within=8)
        eventually(lambda: inside(scene, "logs", "ss -tlnH sport = :2514"), bool, within=8)


def restart_counter(scene: Scene) -> None:
    """Restart whatever runs on the counter's computer, as a shutdown would: told to end, with some time for it."""
    inside(scene, "counter", "sv -w 10 force-restart /etc/service/* || sv start /etc/service/*")
    eventually(lambda: scene.get("counter", "/health").status, lambda seen: seen == 200, within=10)
    # The first customer should not be the one who waits for an agent that is still being loaded.
    eventually(lambda: inside(scene, "counter", "ss -xlnH src /run/agent/events.sock"), bool, within=4)


days: dict[str, Day] = {}


@pytest.fixture(scope="module")
def day(scene: Scene) -> Day:
    """A bad day; whoever asks later gets the same."""
    if scene.attempt.id not in days:
        days[scene.attempt.id] = Day(scene)
    return days[scene.attempt.id]
