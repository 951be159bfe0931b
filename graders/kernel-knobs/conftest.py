"""An evening at the stadium, played from its own turnstiles; and what the kernel of the ticket service counted."""

from __future__ import annotations

import json
import secrets
import shlex
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from kikori.grading import Amount, Scene, amount, growth, unkept

STADIUM = Path(__file__).resolve().parents[2] / "labs/kernel-knobs/images/stadium/stadium.py"
"""The program as it was written, not as it may stand in the container now."""
TICKETS, AT_ONCE = 200, 16
PROMISED = 40  # tickets a second, all evening
REPORTS = 120
SHUT, TURNSTILES = 1.0, 8  # seconds without an answer of the office, fewer than its firewall remembers; who asks
CLOSED, EARLIEST = 4.4, 4  # seconds without an answer, more than tickets waits for; who asks: one for each worker
ROUNDS = 5  # times that the office hangs up while it is looked what is left behind
TRIES = 3  # a busy computer may let a crowd stumble once; a line that is too short does it each time
LONG = 4.0  # seconds at a turnstile: the last of a crowd waits for 3.25 where no more than was promised are served
PROMPT = 1.0  # seconds after a lull; a ticket needs a hundredth of it
SOON, LATE = 0.2, 1.5  # seconds more than the firewall remembers: at its edge, and long after a probe that came once
AFTER = 0.5  # seconds at least in which those come who end a lull
TIME_WAIT = 60  # seconds for which the kernel keeps a port that it hung up on; no setting changes that
REUSED = 2  # seconds after which tcp_tw_reuse gives one back at the latest
CROWDED = 0.25  # seconds within which all turnstiles are used
OFFICE = ":1B58"  # port 7000, as the kernel writes it
WAITING = "06"  # TIME-WAIT
GARBLED = ("one", "word", "four", "byte")  # what is wrong with each report that has a word at all
LEFT = {"processes": 3, "ended": 3, "threads": 5, "descriptors": 5, "connections": 10, "files": 5, "bytes": 32 * 1024}
"""What a round of work may leave: a journal of its reports takes a few KiB, lines never closed are twenty."""


Seen = TypeVar("Seen")


def play(scene: Scene, *words: object) -> Any:
    """One thing at the stadium, while its own evening stands still; gives what was seen."""
    return together(scene, [words])[0]


def together(scene: Scene, many: list[tuple[object, ...]]) -> list[Any]:
    """Several things at the stadium at the same time, while its own evening stands still."""
    program = shlex.quote(STADIUM.read_text(encoding="utf-8"))
    each = "; ".join(f"python3 -c {program} {shlex.join(map(str, words))} > $d/{n} &" for n, words in enumerate(many))
    outputs = " ".join(f"$d/{n}" for n in range(len(many)))
    script = f"d=$(mktemp -d); {each.replace('&;', '&')} wait; cat {outputs}; rm -r $d"
    said = scene.host("stadium").check_output("flock /tmp/stadium.lock sh -c %s", script)
    return [json.loads(row) for row in said.splitlines()]


def counters(scene: Scene) -> dict[str, int]:
    """What the kernel has counted in the network of the ticket service, by the names that nstat shows."""
    look = scene.sidecar("tickets").network
    rows = (look("snmp") + look("netstat")).splitlines()
    found: dict[str, int] = {}
    for names, values in zip(rows[::2], rows[1::2], strict=True):
        group, *words = names.split()
        found |= {group[:-1] + word: int(value) for word, value in zip(words, values.split()[1:], strict=True)}
    return found


def setting(scene: Scene, name: str) -> list[int]:
    """A sysctl of the ticket service's own network, as it holds now."""
    return [int(word) for word in scene.sidecar("tickets").setting(f"net.ipv4.{name}").split()]


def at_best(once: Callable[[int], Seen], good: Callable[[Seen], bool]) -> Seen:
    """The first of a few that went well, else the last."""
    for number in range(TRIES - 1):
        if good(seen := once(number)):
            return seen
    return once(TRIES - 1)


def slowest(seen: list[tuple[int, float]]) -> float:
    """The longest that anybody stood there."""
    return max((took for _, took in seen), default=0.0)


def tells_of_service(seen: list[tuple[int, float]], most: float = LONG) -> bool:
    """Tell whether this is the service's doing: a long wait may be the computer's."""
    return slowest(seen) < most or any(status != 200 for status, _ in seen)


class Kept(Amount):
    """What the ticket service has at one moment of all that work can leave behind."""

    threads: int
    """Of the whole container, beside the first one of each process."""


def kept(scene: Scene) -> Kept:
    """Count it, as the kernel tells it beside the service."""
    found, beside = amount(scene, "tickets"), scene.sidecar("tickets")
    told = filter(None, (beside.read(f"/sys/fs/cgroup/{place}") for place in ("pids.current", "pids/pids.current")))
    threads = max(0, int(next(told, b"0")) - found.processes - found.ended)
    return Kept(**msgspec.structs.asdict(found), threads=threads)


class Evening:
    """What an evening showed, each part played when it is first asked for."""

    promised, long, prompt, shut, closed = PROMISED, LONG, PROMPT, SHUT, CLOSED

    def __init__(self, scene: Scene) -> None:
        self.scene, self.code = scene, secrets.token_hex(4)
        self.played: dict[str, Any] = {}
        self.people: dict[str, str] = {}
        """What the tickets begin with that count, by the part of the evening."""
        self.after_hang_ups: list[tuple[int, float]] = []
        """What those saw who came after the office had hung up."""

    def part(self, name: str) -> Any:
        """One part of the evening, played once."""
        if name not in self.played:
            self.played[name] = getattr(self, f"_{name}")()
        return self.played[name]

    def ports(self, rate: float, opened: int) -> tuple[float, int]:
        """How many ports are taken where so many lines are opened each second, and how many there are.

        Of the lines that were ``opened`` just now those count that the kernel still holds a port for: where the office
        ended a line first, it is the office's kernel that waits.
        """
        first, last = setting(self.scene, "ip_local_port_range")
        reuses = setting(self.scene, "tcp_tw_reuse") == [1] and setting(self.scene, "tcp_timestamps") != [0]
        held = REUSED if reuses else TIME_WAIT
        return rate * held * min(1.0, self.waiting() / max(1, opened)), last - first + 1

    def waiting(self) -> int:
        """How many ports of the ticket service are in TIME-WAIT after a line to the office."""
        rows = [row.split() for row in self.scene.sidecar("tickets").network("tcp").splitlines()[1:]]
        return sum(row[2].endswith(OFFICE) and row[3] == WAITING for row in rows)

    def _doors(self) -> tuple[list[tuple[int, float]], int]:
        """All turnstiles in one moment: what each saw, and how many knocks the kernel dropped."""

        def once(number: int) -> tuple[list[tuple[int, float]], int]:
            before, self.people["doors"] = counters(self.scene)["TcpExtListenDrops"], f"{self.code}d{number}"
            turnstiles = int(self.scene.params["turnstiles"])
            seen = play(self.scene, "crowd", turnstiles, CROWDED, self.people["doors"])
            return seen, counters(self.scene)["TcpExtListenDrops"] - before

        return at_best(once, lambda one: one[1] <= 0 and tells_of_service(one[0]))

    def _evening(self) -> tuple[list[tuple[int, float]], dict[str, int], tuple[float, int]]:
        """Let as many come each second as was promised; read the counters, and how many ports that takes for hours."""

        def once(number: int) -> tuple[list[tuple[int, float]], dict[str, int], tuple[float, int]]:
            before, self.people["evening"] = counters(self.scene), f"{self.code}e{number}"
            seen = play(self.scene, "crowd", TICKETS, TICKETS / PROMISED, self.people["evening"])
            after = counters(self.scene)
            opened = after["TcpActiveOpens"] - before["TcpActiveOpens"]
            ports = self.ports(opened / len(seen) * PROMISED, opened)
            return seen, {name: after[name] - before[name] for name in after}, ports

        return at_best(once, lambda one: tells_of_service(one[0]))

    def _booked(self) -> dict[str, tuple[int, int]]:
        """By part, how many were let in and how many the office has in its book, where these are not the same."""
        seen = {part: self.part(part)[0] for part in ("doors", "evening")}
        seen |= {part: self.part(part)["seen"] for part in ("soon", "late", "shut")}
        let_in = {part: sum(status == 200 for status, _ in those) for part, those in seen.items()}
        instead = unkept(let_in, lambda part: int(play(self.scene, "booked", self.people[part])), within=1)
        return {part: (let_in[part], booked) for part, booked in instead.items()}

    @property
    def lulls(self) -> list[dict[str, Any]]:
        """Play a lull hardly longer than the firewall remembers, and a longer one."""
        return [self.part("soon"), self.part("late")]

    def _soon(self) -> dict[str, Any]:
        return self._lull("soon", SOON)

    def _late(self) -> dict[str, Any]:
        return self._lull("late", LATE)

    def _lull(self, name: str, more: float) -> dict[str, Any]:
        """Let nobody come for a while, then some; keep a line as quiet."""
        seconds = float(self.scene.params["forget"]) + more

        def once(number: int) -> dict[str, Any]:
            self.people[name] = f"{self.code}{name}{number}"
            lull = ("lull", seconds, AT_ONCE, self.people[name])
            own, seen = together(self.scene, [("line", seconds), lull])
            ports = self.ports(seen["opened"] / (seconds + AFTER), seen["opened"])
            return dict(seen) | {"seconds": seconds, "own": own, "ports": ports}

        def is_good(one: dict[str, Any]) -> bool:
            enough = one["ports"][0] < one["ports"][1] and one["besides"] <= 0
            return enough and tells_of_service(one["seen"], PROMPT)

        return at_best(once, is_good)

    def _shut(self) -> dict[str, Any]:
        """Have the office book nothing for a moment; tell who was let in."""

        def once(number: int) -> dict[str, Any]:
            self.people["shut"] = f"{self.code}shut{number}"
            return dict(play(self.scene, "shut", SHUT, TURNSTILES, self.people["shut"]))

        return at_best(once, lambda one: all(status == 200 for status, _ in one["seen"]))

    def _closed(self) -> dict[str, Any]:
        """Have the office book nothing for longer than tickets waits; tell who was let in, and what the log says."""
        self.people["closed"] = f"{self.code}closed"
        return dict(play(self.scene, "shut", CLOSED, EARLIEST, self.people["closed"]))

    def _stairs(self) -> dict[str, Any]:
        """Let many counters report; tell of the first, and what was dropped."""

        def once(number: int) -> dict[str, Any]:
            before = counters(self.scene)["UdpRcvbufErrors"]
            seen = play(self.scene, "staircases", f"{self.code}{number}", REPORTS)
            return dict(seen) | {"dropped": counters(self.scene)["UdpRcvbufErrors"] - before}

        return at_best(once, lambda seen: seen["sent"] == seen["told"])

    def _garbled(self) -> dict[str, Any]:
        """A counter garbles some reports, then another one reports: the same, and what the log of tickets says."""
        play(self.scene, "garbled", f"{self.code}g")
        return dict(play(self.scene, "stairs", f"{self.code}a", 20))

    def unnamed(self, *words: str) -> list[str]:
        """Those of some words that the log of the ticket service does not have."""
        container = str(self.scene.inspect("tickets")["Id"])
        said = self.scene.docker("logs", "--since", "5m", container)
        return [word for word in words if word not in said.stdout + said.stderr]

    def unnamed_reports(self) -> list[str]:
        """What is wrong with those garbled reports of which the log says nothing."""
        return [word.rpartition("-")[2] for word in self.unnamed(*(f"{self.code}g-{kind}" for kind in GARBLED))]

    def _left(self) -> dict[str, int]:
        """What the ticket service leaves behind of tickets, reports, and lines at which the office hung up."""
        names = (f"{self.code}r{number}-" for number in count())
        work = partial(self._rounds, names)
        return growth(partial(kept, self.scene), work, LEFT)

    def _rounds(self, names: Iterator[str]) -> None:
        self.after_hang_ups += play(self.scene, "rounds", ROUNDS, next(names))


evenings: dict[str, Evening] = {}


@pytest.fixture
def evening(scene: Scene) -> Evening:
    """The evening of this grading."""
    return evenings.setdefault(scene.attempt.id, Evening(scene))
