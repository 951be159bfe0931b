"""What follows from a move that was played. Pure: nothing here runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple


class Part(NamedTuple):
    """A part of the play, and when it began."""

    name: str
    at: float


class Failure(NamedTuple):
    """Somebody was not served: who, with which wish, where, why, and in which part of the play."""

    kind: str
    what: str
    address: str
    why: str
    part: str

    @classmethod
    def of(cls, told: dict[str, Any], parts: list[Part]) -> Failure:
        """Find the part in which it failed."""
        part = next((one.name for one in reversed(parts) if one.at <= told["at"]), "before")
        return cls(told["kind"], told["what"], told["address"], told["why"], part)


def commonest(failures: Iterable[Failure]) -> str:
    """What was seen most often."""
    return Counter(one.why for one in failures).most_common(1)[0][0]


def programs(commands: Iterable[str]) -> set[str]:
    """What serves somebody among a server's processes, each by its name; its supervisor and ssh are no part of it."""
    words = (command.split() for command in commands)
    names = {" ".join(one for one in some[:2] if not one.startswith("-")) for some in words}
    return {name for name in names if not name.startswith(("runsv", "sshd", "/usr/sbin/sshd"))}


def openings(listening: Iterable[str], at_first: Iterable[str]) -> list[str]:
    """Where a server takes connections, from itself too; ssh and the engine's own name service may, as at first."""
    allowed = {one for one in at_first if one.endswith(":22") or one.startswith("127.0.0.11:")}
    return sorted(set(listening) - allowed)
