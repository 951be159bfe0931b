"""Users who come for some seconds, and every answer that they get."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from kikori.grading.scene import Answer


@dataclass(frozen=True)
class Served:
    """One answer, and the seconds that a user waited for it."""

    answer: Answer
    seconds: float


@dataclass(frozen=True)
class UserLoad:
    """All that users met."""

    served: tuple[Served, ...]

    @property
    def statuses(self) -> Counter[int]:
        """How often each status came; 0 is no answer."""
        return Counter(one.answer.status for one in self.served)

    def other_than(self, *statuses: int) -> list[Answer]:
        """The answers that have none of these statuses."""
        return [one.answer for one in self.served if one.answer.status not in statuses]

    def percentile(self, percent: float) -> float:
        """The seconds within which so many percent were answered; 0 where nobody asked."""
        took = sorted(one.seconds for one in self.served)
        return took[min(len(took) - 1, int(len(took) * percent / 100))] if took else 0.0


def load(ask: Callable[[int], Answer], *, users: int, seconds: float, pause: float = 0.0) -> UserLoad:
    """Let users ask again and again, each at their own pace; every answer counts, and none that has begun is cut.

    ``ask`` is given the number of the request, which no two share.
    """
    deadline, numbers, turn = time.monotonic() + seconds, iter(range(10**9)), threading.Lock()

    def user(_: int) -> list[Served]:
        met = []
        while time.monotonic() < deadline:
            with turn:
                number = next(numbers)
            began = time.monotonic()
            answer = ask(number)
            met.append(Served(answer, time.monotonic() - began))
            if pause:
                threading.Event().wait(pause)
        return met

    with ThreadPoolExecutor(users) as crowd:
        return UserLoad(tuple(one for met in crowd.map(user, range(users)) for one in met))
