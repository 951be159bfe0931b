"""The month as text that promtool makes blocks of: counters that only grow, until a process is started anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TextIO

from month.clock import Clock


def labelled(labels: dict[str, str]) -> str:
    """Labels as they are written behind a name."""
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels.items()) + "}"


class Writer:
    """Writes series, each at every tick of a month."""

    def __init__(self, to: TextIO, clock: Clock, restarts: Sequence[int] = ()) -> None:
        self.to = to
        self.times = [f" {clock.start + tick * clock.tick}\n" for tick in range(clock.ticks + 1)]
        self.restarts = restarts

    def family(self, name: str, kind: str) -> None:
        """Begin a family; what follows belongs to it."""
        self.to.write(f"# TYPE {name} {kind}\n")

    def counter(self, name: str, labels: dict[str, str], grown: Sequence[float]) -> None:
        """A counter that grew by so much in each tick, and began at 0 with each restart."""
        self.gauge(name, labels, self._summed(grown))

    def gauge(self, name: str, labels: dict[str, str], values: Iterable[float]) -> None:
        """What was seen at the beginning of each tick, and at the end of the last."""
        head = name + labelled(labels) + " "
        self.to.write("".join([f"{head}{value}{time}" for value, time in zip(values, self.times, strict=True)]))

    def _summed(self, grown: Sequence[float]) -> list[float]:
        found: list[float] = [0]
        for begin, end in zip((0, *self.restarts), (*self.restarts, len(grown)), strict=True):
            found += accumulate(grown[begin:end])
        return found

    def end(self) -> None:
        """Say that this was all."""
        self.to.write("# EOF\n")
