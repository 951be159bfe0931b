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
