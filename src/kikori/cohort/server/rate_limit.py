"""How often somebody may ask."""

from __future__ import annotations

import time
from collections import deque

MOST_KNOWN = 5000
"""How many are remembered before those who have not asked of late are forgotten."""


class Pace:
    """At most so many requests in so many seconds, for each who asks."""

    def __init__(self, most: int = 60, seconds: float = 60.0) -> None:
        self.most = most
        self.seconds = seconds
        self.asked: dict[str, deque[float]] = {}

    def wait(self, who: str, now: float | None = None) -> float:
        """Seconds until ``who`` may ask; 0 where it is allowed now, and counted."""
        now = time.monotonic() if now is None else now
        if len(self.asked) > MOST_KNOWN:
            self._forget(now)
        moments = self.asked.setdefault(who, deque())
        while moments and moments[0] <= now - self.seconds:
            moments.popleft()
        if len(moments) >= self.most:
            return moments[0] + self.seconds - now
        moments.append(now)
        return 0.0

    def _forget(self, now: float) -> None:
        self.asked = {who: times for who, times in self.asked.items() if times and times[-1] > now - self.seconds}


class Joins:
    """How often new ones may come: from one address, and from all together."""

    def __init__(self, most: int, together: int) -> None:
        self.address = Pace(most)
        self.all = Pace(together)

    def wait(self, address: str, now: float | None = None) -> float:
        """Seconds until somebody may join from there; 0 where it is allowed now, and counted."""
        return self.address.wait(address, now) or self.all.wait("", now)
