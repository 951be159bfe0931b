"""A bad day in the telegram office, lived once for all checks: a store is slow, is killed, and both stay away."""

import re
import secrets
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import odd_texts
import pytest
import requests
from operations import (
    BUSY,
    FULL,
    GO_ON,
    HELD,
    KILL,
    RECORDS,
    SLOWLY,
    STILL,
    UNREAD,
    WITHOUT,
    accepted_by,
    agent_listens,
    agents_away,
    at_logs,
    at_metrics,
    counter_anew,
    counter_opens,
    let_years_pass,
    restart_counter,
    stores_away,
    unread,
)

from kikori.grading import Scene, eventually

CALM, SLOW, KILLED, AWAY, LAST = 40, 300, 50, 500, 320  # telegrams in each part of the day
CUSTOMERS, EACH = 8, 3  # of a rush: how many come at once, and the telegrams of each
OUTAGE, LONGEST = 1.5, 110  # seconds: of more absence of the stores, at least; of a day, after which nothing is awaited
# Seconds without a record that is waited for, after which no more are expected: when none comes; when later ones came.
QUIET, PASSED = 8, 4
NUDGES = (2, 3)  # seconds of quiet after which one more telegram comes: a sender may learn of a broken line by it alone
STALLED, PATIENCE = 1.5, 4  # seconds: no busy computer makes an answer of a millisecond so late, twice
WITHOUT_AGENT = 9  # seconds for an answer of a counter that waits until its agent is there again
UNTAKEN = 3  # seconds for the same where the agent does not come in time: a counter that waits is left by its customers
SOON = 15  # seconds for records once an agent is back; the page promises ten


class Telegrams:
    """Hands telegrams in, and keeps what was accepted, under which number, and how long it took."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.run, self.number = secrets.token_hex(3), 0
        self.special = odd_texts.texts(scene.draw("texts"))
        self.name = odd_texts.name(scene.draw("name"))
        self.accepted: dict[int, str] = {}
        self.given: list[object] = []
        self.refused: list[int] = []
        self.rush: set[int] = set()
        self.line: requests.Session | None = None
        self.url, self.patience = "", PATIENCE

    def plain(self) -> set[int]:
        """Give the numbers of accepted telegrams that any pipeline can carry.

        Those that came at once are none of them.
        """
        odd = {*self.special.values()}
        return {number for number, text in self.accepted.items() if text not in odd} - self.rush

    def fill(self, many: int) -> list[float]:
        """Send while a store is away, some of them odd, some large enough to fill whatever buffers there are."""
        odd = [*self.special.values(), *["Filled to the brim. " * 5000] * 6]
        return self.send(many // 5) + self.send(many - many // 5, odd)

    def send(self, many: int, texts: Iterable[str] = ()) -> list[float]:
        """Send so many, the given texts first; stop when the counter has stalled twice. Gives the seconds of each."""
        self.line, took, given = None, list[float](), iter(texts)  # the counter may have been restarted
        for _ in range(many):
            self.number += 1
            took.append(self.one(next(given, f"Happy birthday, number {self.number}.")))
            if sum(seconds > STALLED for seconds in took) > 1:
                break
        return took

    def one(self, text: str) -> float:
        """Send one, over the connection that is open or over a new one; gives the seconds."""
        begun = time.monotonic()
        if self.line is None:
            self.line, self.url = self.scene.clients.session("POST"), self.counter()
        status, given = self.post(self.line, self.number, text)
        if not status:
            self.line = None
        self.note(self.number, text, status, given)
        return time.monotonic() - begun

    def together(self) -> None:
        """Send long telegrams from several customers at once, each over its own connection."""
        with self.at_once():
            pass

    def while_nobody_reads(self) -> None:
        """Send the same while what runs beside the counter stands still, until some records wait half written.

        Then the counter may refuse them; what it accepts is as good as any other.
        """
        refused = [*self.refused]
        self.scene.host("counter").run(HELD)  # runs: as an operator holds a program; it says nothing
        with self.at_once():
            eventually(lambda: unread(self.scene) > FULL, bool, within=2)
            self.scene.host("counter").run(GO_ON)  # runs: and lets it go on; it says nothing
        self.refused = refused

    def untaken(self) -> None:
        """Some customers come at once, each with one telegram, and leave a counter that lets them wait.

        Their number is drawn. While nobody can take a record the counter may refuse them, too.
        """
        chance, first = self.scene.draw("untaken"), self.number + 1
        numbers = range(first, first + chance.randint(3, 7))
        texts = {number: f"Nobody takes number {number} at {chance.getrandbits(32):08x}." for number in numbers}
        lines = [self.scene.clients.session("POST") for _ in numbers]
        self.number, self.url, self.patience, refused = numbers[-1], self.counter(), UNTAKEN, [*self.refused]
        with ThreadPoolExecutor(len(numbers)) as pool:
            answers = pool.map(self.post, lines, numbers, texts.values())
            for number, (status, given) in zip(numbers, answers, strict=True):
                self.note(number, texts[number], status, given)
        self.refused, self.patience = refused, PATIENCE

    def newest(self) -> int:
        """The highest number that was given out."""
        return max((one for one in self.given if isinstance(one, int)), default=0)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Hand in what a rush has, and go on meanwhile; ends when all is answered."""
        numbers = range(self.number + 1, self.number + 1 + CUSTOMERS * EACH)
        chance = self.scene.draw("rush")
        texts = {number: odd_texts.long_one(chance) for number in numbers}
        lines = [self.scene.clients.session("POST") for _ in range(CUSTOMERS)]
        self.number, self.url = numbers[-1], self.counter()

        def hand_in(at: int) -> list[tuple[int, int, object]]:
            return [(number, *self.post(lines[at], number, texts[number])) for number in numbers[at::CUSTOMERS]]

        with ThreadPoolExecutor(CUSTOMERS) as pool:
            answers = pool.map(hand_in, range(CUSTOMERS))
            yield
            for number, status, given in [one for some in answers for one in some]:
                self.note(number, texts[number], status, given)
        self.rush.update(numbers)

    def counter(self) -> str:
        """Tell where telegrams are handed in; a restart may change the port."""
        return f"http://{self.scene.address('counter') or '127.0.0.1:9'}/telegrams"

    def note(self, number: int, text: str, status: int, given: object) -> None:
        """Keep what became of a telegram."""
        if status == 201:
            self.accepted[number] = text
            self.given.append(given)
        else:
            self.refused.append(status)

    def post(self, line: requests.Session, number: int, text: str) -> tuple[int, object]:
        """Hand one in; gives its status, 0 for none, and its number."""
        to = f"{self.run}/{number:05}" + (self.name if text == self.special["recipient"] else "")
        try:
            answer = line.post(self.url, json={"to": to, "text": text}, timeout=self.patience)
        except OSError:  # what requests raises is one
            return 0, None
        try:
            return answer.status_code, answer.json()["number"]
        except (ValueError, KeyError, TypeError):
            return answer.status_code, None


class Day:
    """What a bad day showed."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.telegrams = Telegrams(scene)
        self.ends, self.restarts_help, self.parts = time.monotonic() + LONGEST, True, list[int]()
        self.begins, self.late, self.told = self.clock(), set[int](), 0
        self.calm = self.telegrams.send(CALM, self.telegrams.special.values())
        self.telegrams.together()
        self.telegrams.while_nobody_reads()
        self.telegrams.send(1)
        self.all_arrive()
        self.without_agent()
        self.slow = self.slow_hours() + self.killed_with_records_unread()
        self.without_agent_and_restarted()
        self.away = self.outage()
        self.back = self.telegrams.send(LAST)
        self.all_arrive()
        wordless = {"to": self.telegrams.run}
        self.refusal = eventually(lambda: scene.ask("POST", "counter", "/telegrams", json=wordless).status, bool)
        self.arrived = self.records()
        self.since, self.end = len(self.telegrams.accepted) - self.before, self.clock()

    def without_agent(self) -> None:
        """Send two telegrams while the agents, with nothing in hand, are away.

        The counter may wait or refuse them; what it accepts is as good as any other.
        """
        self.parts.append(self.telegrams.number)
        gone = self.missing()
        refused, self.telegrams.patience = [*self.telegrams.refused], WITHOUT_AGENT
        self.scene.host("counter").run(WITHOUT)  # runs: as an operator restarts the agents; it says nothing
        self.telegrams.send(2)
        agent_listens(self.scene)
        self.telegrams.refused, self.telegrams.patience = refused, PATIENCE
        self.come_soon(gone)
        self.all_arrive()

    def without_agent_and_restarted(self) -> None:
        """Send some while the agents are away, and restart the counter before they are back.

        What it accepted and has in memory alone is gone then. From here on its numbers are much higher.
        """
        gone = self.missing()
        with agents_away(self.scene):
            self.alone = self.telegrams.number
            self.telegrams.untaken()
            self.years_from, self.since_when = self.telegrams.number, self.clock()
            self.years_pass(7)
            counter_anew(self.scene)
        counter_opens(self.scene, 10)
        self.come_soon(gone)
        self.all_arrive()

    def come_soon(self, gone: set[int]) -> None:
        """Wait until the records are there, with nothing restarted, and keep which are not; ``gone`` are lost anyway.

        A sender may have to learn of a broken line by one more telegram.
        """
        ends = min(time.monotonic() + SOON, self.ends)
        if not eventually(lambda: self.missing() - gone, lambda few: not few, within=NUDGES[0], every=0.2):
            return
        self.telegrams.send(1)
        within = max(ends - time.monotonic(), 0)
        late = eventually(lambda: self.missing() - gone, lambda few: not few, within=within, every=0.2)
        if ends < self.ends:  # else the day ended before the time was up
            self.late |= late

    def years_pass(self, digits: int) -> None:
        """Have the counter go on, after its next start, with numbers of so many digits more."""
        further = self.scene.draw(f"years {digits}").randint(10**digits, 10 ** (digits + 1))
        let_years_pass(self.scene, self.telegrams.newest(), further)

    def slow_hours(self) -> list[float]:
        """The store of the records is slow."""
        self.parts.append(self.telegrams.number)
        at_logs(self.scene, SLOWLY)
        took = self.telegrams.send(SLOW)
        eventually(lambda: at_logs(self.scene, "ls /tmp/slow"), lambda seen: not seen, within=5)
        self.all_arrive()
        return took

    def killed_with_records_unread(self) -> list[float]:
        """The store of the records is killed and comes back at once, with the counter and its agents at work.

        What it had not read it has not confirmed, and who sent it has to send it again.
        """
        self.parts.append(self.telegrams.number)
        at_logs(self.scene, STILL)
        took = self.telegrams.send(KILLED)
        eventually(lambda: int(at_logs(self.scene, UNREAD) or 0), bool, within=2)
        at_logs(self.scene, KILL)
        took += self.telegrams.send(KILLED)
        self.all_arrive()
        return took

    def outage(self) -> list[float]:
        """Both stores are away, and the counter's computer is restarted in the midst of it."""
        self.parts.append(self.telegrams.number)
        with stores_away(self.scene):
            # What was on the wire unconfirmed may be lost with both ends, by RELP too: nobody is blamed for that.
            self.years_pass(8)
            restart_counter(self.scene)
            self.away_from = self.clock()
            # The first comes alone: rsyslog puts nothing on its disk while it has a whole batch in hand.
            took = self.telegrams.send(1)
            self.comes_to_rest(0.5)
            took += self.telegrams.fill(AWAY)
            self.comes_to_rest(OUTAGE)
            self.away_until = self.clock()
            self.parts.append(self.telegrams.number)
            self.years_pass(9)
            self.restart()
        return took

    def restart(self) -> None:
        """Restart the counter's computer; the counter counts from zero again, or goes on from what it told."""
        self.before = len(self.telegrams.accepted)
        self.told = accepted_by(self.scene.get("counter", "/metrics").text)
        restart_counter(self.scene)

    def missing(self) -> set[int]:
        """The accepted telegrams, of those that any pipeline can carry, of which there is no record now."""
        marks = at_logs(self.scene, f"grep -aoE '{self.telegrams.run}\\\\*/[0-9]{{5}}' {RECORDS}").split()
        return self.telegrams.plain() - {int(mark[-5:]) for mark in marks}

    def all_arrive(self) -> None:
        """Wait until all are there; if some do not come, restart the carriers, and wait once more.

        rsyslog may rest for a minute, with the store there and work to do; with nothing on the wire a restart takes
        nothing away from whoever keeps what is not delivered.
        """
        if not self.all_arrived() and self.restarts_help:
            self.restart()
            self.restarts_help = self.all_arrived()

    def all_arrived(self) -> bool:
        """Wait until all records are there, or until none of them has come for a while."""
        left, since = len(self.telegrams.accepted) + 1, time.monotonic()
        last, nudges = self.telegrams.number, [*NUDGES]

        def ended(missing: set[int]) -> bool:
            nonlocal left, since
            if (old := sum(number <= last for number in missing)) < left:
                left, since = old, time.monotonic()
            quiet = time.monotonic() - since
            if missing and nudges and quiet > nudges[0]:
                nudges.pop(0)
                self.telegrams.send(1)
            return not missing or quiet > (QUIET if self.telegrams.number in missing else PASSED)

        return not eventually(self.missing, ended, within=self.ends - since, every=0.2)

    def clock(self) -> float:
        """The time of day in the lab, which is not always that of the computer it runs on."""
        return float(at_metrics(self.scene, "date +%s.%N"))

    def comes_to_rest(self, least: float) -> None:
        """Wait until the agents have taken what the counter handed over and told: what comes then is theirs."""
        until, asked = time.monotonic() + least, self.busy()[1]
        eventually(self.busy, lambda busy: time.monotonic() > until and not busy[0] and busy[1] > asked, within=15)

    def busy(self) -> tuple[int, int]:
        """How much on the counter's computer nobody has read yet, and how often vmagent has asked since its start."""
        unread, asked, *_ = [*str(self.scene.debug("counter").run(BUSY).stdout).split(), "0", "0"]
        return int(unread), int(asked)

    def records(self) -> list[tuple[int, str]]:
        """The day's records in the store now."""
        mark = self.telegrams.run
        lines = at_logs(self.scene, f"grep -aF {mark} {RECORDS}").split("\n")  # what people write may hold other breaks
        # A killed store may leave half a line, to which the next record is added.
        return [(int(found[1]), line) for line in lines for found in re.finditer(rf"{mark}\\*/(\d{{5}})", line)]


days: dict[str, Day] = {}


@pytest.fixture(scope="module")
def day(scene: Scene) -> Day:
    """A bad day; whoever asks later gets the same."""
    if scene.attempt.id not in days:
        days[scene.attempt.id] = Day(scene)
    return days[scene.attempt.id]
