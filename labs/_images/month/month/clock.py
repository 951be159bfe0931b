"""Time: a month of thirty days, or some days more, in ticks, and how busy a shop is at each of them."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import NamedTuple

DAY = 86400
DAYS = 30


class Clock(NamedTuple):
    """Days from a midnight in UTC on, thirty where nothing else is said, cut into ticks."""

    start: int
    tick: int
    """Seconds of a tick, which is also how often the telemetry is asked."""
    days: int = DAYS

    @classmethod
    def of(cls, month: str, tick: int) -> Clock:
        """The clock of a month such as 2026-04; only months of thirty days will do."""
        return cls(int(datetime.strptime(f"{month}-01 +0000", "%Y-%m-%d %z").timestamp()), tick)

    @property
    def ticks(self) -> int:
        """How many there are."""
        return self.days * DAY // self.tick

    @property
    def end(self) -> int:
        """The end of the last day."""
        return self.start + self.days * DAY

    def at(self, day: int, minute: float) -> int:
        """The tick of a minute of a day; days are counted from 1."""
        return int(((day - 1) * DAY + minute * 60) // self.tick)

    def ticks_of(self, minutes: float) -> int:
        """How many ticks some minutes are, at least one."""
        return max(1, round(minutes * 60 / self.tick))

    def time(self, tick: int) -> int:
        """When a tick begins, in Unix time."""
        return self.start + tick * self.tick

    def said(self, tick: int) -> str:
        """When a tick begins, as a person writes it."""
        return datetime.fromtimestamp(self.time(tick), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def busy(self, low: float = 0.25, peak: float = 17.0) -> list[float]:
        """How busy each tick is, 1 on the average of a working day: quiet at night, busiest in the late afternoon."""
        a_day = DAY // self.tick
        day = [1 + (1 - low) * math.cos(2 * math.pi * (tick / a_day - peak / 24)) for tick in range(a_day)]
        weekend = {n for n in range(self.days) if datetime.fromtimestamp(self.start + n * DAY, UTC).weekday() >= 5}
        return [round(value * (1.15 if n in weekend else 1), 6) for n in range(self.days) for value in day]
