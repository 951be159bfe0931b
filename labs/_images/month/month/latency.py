"""How long answers took, as a histogram keeps it: how many took at most so long."""

from __future__ import annotations

from random import Random

from month.clock import Clock

LIMITS = ("0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5")
QUICK = (0.02, 0.10, 0.35, 0.62, 0.86, 0.985, 0.995, 0.999, 1.0, 1.0)
DEEP = (0.00, 0.01, 0.06, 0.16, 0.38, 0.78, 0.93, 0.985, 1.0, 1.0)
"""A machine leafs through the last pages, which nobody keeps in memory."""
STUCK = (0.00, 0.00, 0.01, 0.03, 0.10, 0.45, 0.70, 0.90, 0.99, 1.0)
MIDDLE = (0.003, 0.008, 0.018, 0.038, 0.075, 0.17, 0.36, 0.72, 1.6, 3.4)
"""What an answer between two limits takes on the average, in seconds."""


class Histogram:
    """The buckets of one kind of request, tick by tick."""

    def __init__(self) -> None:
        self.within: dict[str, list[int]] = {limit: [] for limit in LIMITS}
        self.count: list[int] = []
        self.sum: list[float] = []

    def add(self, asked: int, shares: tuple[float, ...], luck: float) -> None:
        """One tick, with the share of answers within each limit."""
        found = [min(asked, int(asked * share + luck)) for share in shares]
        for limit, some in zip(LIMITS, found, strict=True):
            self.within[limit].append(some)
        self.count.append(asked)
        between = [some - before for before, some in zip([0, *found], found, strict=False)]
        self.sum.append(round(sum(n * took for n, took in zip(between, MIDDLE, strict=True)), 4))


def histogram(
    asked: list[int], clock: Clock, usual: tuple[float, ...], slow: dict[int, float], busy: list[float], seed: str
) -> Histogram:
    """The histogram of requests, some of which meet a trouble; a busy hour is a little slower than a quiet one."""
    draw = Random(f"{seed} latency").random  # noqa: S311
    found = Histogram()
    for tick in range(clock.ticks):
        stuck = slow.get(tick, max(0.0, 0.03 * (busy[tick] - 1.4)))
        shares = tuple(one * (1 - stuck) + other * stuck for one, other in zip(usual, STUCK, strict=True))
        found.add(asked[tick], shares, draw())
    return found
