"""An evening at the stadium, played from its own turnstiles; and what the kernel of the ticket service counted."""

from __future__ import annotations

import json
import secrets
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from kikori.grading import Scene, unkept

STADIUM = Path(__file__).resolve().parents[2] / "labs/kernel-knobs/images/stadium/stadium.py"
"""The program as it was written, not as it may stand in the container now."""
TICKETS, AT_ONCE = 400, 16
REPORTS = 120
TRIES = 3  # a busy computer may let a crowd stumble once; a line that is too short does it each time
LONG = 3.0  # seconds at a turnstile, of which a busy computer may take most; a line that is dropped twice takes more
LITTLE = 0.5  # seconds more than the firewall remembers
PROMISED = 40  # tickets a second, all evening
TIME_WAIT = 60  # seconds for which the kernel keeps a port that it hung up on; no setting changes that
REUSED = 2  # seconds after which tcp_tw_reuse gives one back at the latest
CROWDED = 0.25  # seconds within which all turnstiles are used


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


def telling(seen: list[tuple[int, float]]) -> bool:
    """Whether this says something of the service: that somebody stood there for long may be the computer's doing."""
    return slowest(seen) < LONG or any(status != 200 for status, _ in seen)


class Evening:
    """What an evening showed, each part played when it is first asked for."""

    promised, long = PROMISED, LONG

    def __init__(self, scene: Scene) -> None:
        self.scene, self.code = scene, secrets.token_hex(4)
        self.played: dict[str, Any] = {}
        self.people: dict[str, str] = {}
        """What the tickets begin with that count, by the part of the evening."""

    def part(self, name: str) -> Any:
        """One part of the evening, played once."""
        if name not in self.played:
            self.played[name] = getattr(self, f"_{name}")()
        return self.played[name]

    def ports(self, lines: float) -> tuple[float, int]:
        """How many ports are taken at the promised rate, if a ticket opens so many lines; and how many there are."""
        first, last = setting(self.scene, "ip_local_port_range")
        held = REUSED if setting(self.scene, "tcp_tw_reuse") == [1] else TIME_WAIT
        return lines * PROMISED * held, last - first + 1

    def _doors(self) -> tuple[list[tuple[int, float]], int]:
        """All turnstiles in one moment: what each saw, and how many knocks the kernel dropped."""

        def once(number: int) -> tuple[list[tuple[int, float]], int]:
            before, self.people["doors"] = counters(self.scene)["TcpExtListenDrops"], f"{self.code}d{number}"
            turnstiles = int(self.scene.params["turnstiles"])
            seen = play(self.scene, "crowd", turnstiles, CROWDED, self.people["doors"])
            return seen, counters(self.scene)["TcpExtListenDrops"] - before

        return at_best(once, lambda one: one[1] <= 0 and telling(one[0]))

    def _evening(self) -> tuple[list[tuple[int, float]], dict[str, int]]:
        """People come one after the other: what each saw, and what the kernel counted meanwhile."""

        def once(number: int) -> tuple[list[tuple[int, float]], dict[str, int]]:
            before, self.people["evening"] = counters(self.scene), f"{self.code}e{number}"
            seen = play(self.scene, "steady", TICKETS, AT_ONCE, self.people["evening"])
            after = counters(self.scene)
            return seen, {name: after[name] - before[name] for name in after}

        return at_best(once, lambda one: telling(one[0]))

    def _booked(self) -> dict[str, tuple[int, int]]:
        """By part, how many were let in and how many the office has in its book, where these are not the same."""
        let_in = {
            part: sum(status == 200 for status, _ in self.part(part)[0]) for part in ("doors", "evening", "quiet")
        }
        instead = unkept(let_in, lambda part: int(play(self.scene, "booked", self.people[part])), within=1)
        return {part: (let_in[part], booked) for part, booked in instead.items()}

    def _quiet(self) -> tuple[list[tuple[int, float]], str]:
        """Nobody comes for longer than the firewall remembers; then some do. And a line of our own, just as quiet."""
        seconds = float(self.scene.params["forget"]) + LITTLE
        play(self.scene, "steady", 2 * AT_ONCE, AT_ONCE, f"{self.code}w")
        own = together(self.scene, [("line", seconds), ("quiet", seconds)])[0]
        self.people["quiet"] = f"{self.code}q"
        return play(self.scene, "crowd", AT_ONCE, 0.1, self.people["quiet"]), own

    def _stairs(self) -> dict[str, Any]:
        """A counter reports: what was sent, what the page says, what the kernel dropped."""

        def once(number: int) -> dict[str, Any]:
            before = counters(self.scene)["UdpRcvbufErrors"]
            seen = play(self.scene, "stairs", f"{self.code}{number}", REPORTS)
            return dict(seen) | {"dropped": counters(self.scene)["UdpRcvbufErrors"] - before}

        return at_best(once, lambda seen: seen["sent"] == seen["told"])


evenings: dict[str, Evening] = {}


@pytest.fixture
def evening(scene: Scene) -> Evening:
    """The evening of this grading."""
    return evenings.setdefault(scene.attempt.id, Evening(scene))
