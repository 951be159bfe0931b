"""What is true of the quarter: sums, piles, floors and what may be decided, from the drawn records."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from functools import cached_property

from drawn_quarter.draw import LEADS, QUARTER, RELIES, REVIEW, Quarter, Target, Week, quarter_of, sli, total

LOUD = 1.0
"""From how many complaints in 100,000 events on an objective is loud."""
AMPLE, WHOLE = 10, 100
"""Which share of the budget is far too little used, and which is all of it, in percent."""
FIRST, LAST = datetime.date(2026, 3, 30), datetime.date(2026, 6, 28)
"""The first and the last day of the quarter."""
EXACT = 1e-9
"""How far a product of binary fractions may be from what it stands for."""
BORNE = 3
"""How many weeks show that users bear a number."""
DIRECTOR = "mori"
TAKES = "takumi"
"""Who would take what nobody answers for, by the talks."""
TURNED = {"changed": "C", "due": "D", "orphan": "C", "empty": "C"}
"""Which record tells why an objective is in its pile, where no week does."""


class Truth:
    """The quarter of one attempt."""

    def __init__(self, number: int) -> None:
        self.quarter: Quarter = quarter_of(number)

    @cached_property
    def names(self) -> list[str]:
        """All objectives."""
        return list(self.quarter.targets)

    def target(self, name: str) -> Target:
        """One objective."""
        return self.quarter.targets[name]

    def counted(self, name: str) -> Week:
        """What counts of an objective in the quarter."""
        out = self.quarter.suspended.get(name, ())
        return total(self.target(name), [week for week in QUARTER if week not in out])

    def sli(self, name: str) -> float:
        """The share of good events, in percent."""
        return sli(self.counted(name))

    def used(self, name: str) -> float:
        """The share of the budget that was used, in percent."""
        return (100 - self.sli(name)) / (100 - self.target(name).objective) * 100

    def loudness(self, name: str) -> float:
        """How many complaints came in 100,000 events."""
        week = self.counted(name)
        return 100_000 * week.complaints / week.valid

    def is_missed(self, name: str) -> bool:
        """Whether more than the budget was used."""
        return bool(self.counted(name).valid) and self.used(name) > WHOLE

    def is_loud(self, name: str) -> bool:
        """Whether more complaints came than a calm objective has."""
        return bool(self.counted(name).valid) and self.loudness(name) > LOUD

    def why(self, name: str) -> set[str]:
        """Why an objective is not merely renewed."""
        if not self.counted(name).valid:
            return {"empty"}
        if not self.target(name).owner:
            return {"orphan"}
        found = {
            "missed": self.is_missed(name),
            "loud": self.is_loud(name),
            "ample": self.used(name) < AMPLE,
            "due": any(one.name == name for one in self.due),
            "changed": any(
                one.name == name and one.kind == "journey" and FIRST <= one.day <= LAST for one in self.quarter.changes
            ),
        }
        return {reason for reason, true in found.items() if true}

    def pile(self, name: str) -> str:
        """The pile of an objective."""
        why = self.why(name)
        return "retire" if why & {"empty", "orphan"} else "decide" if why else "renew"

    @cached_property
    def due(self) -> list[object]:
        """The entries of the log whose day has come since the last review."""
        return [one for one in self.quarter.decisions if one.again == REVIEW]

    @cached_property
    def counts(self) -> dict[str, int]:
        """What the numbers of the whole review are."""
        piles = [self.pile(name) for name in self.names]
        rang = [one for one in self.quarter.pages if FIRST <= one.at.date() <= LAST]
        decide, retire = piles.count("decide"), piles.count("retire")
        return {
            "objectives": len(self.names),
            "renew": piles.count("renew"),
            "decide": decide,
            "retire": retire,
            "missed": sum(self.is_missed(name) for name in self.names),
            "pages": len(rang),
            "acted": sum(one.acted for one in rang),
            "minutes": 20 + 5 * retire + 10 * decide,
        }

    def floor(self, name: str) -> tuple[float, float]:
        """The most that an objective can keep on what it needs: by what is promised, and by what was kept."""
        needs = self.quarter.needs.get(name, ())
        promised = 100 * math.prod(one.promised / 100 for one in needs)
        return promised, 100 * math.prod(one.kept / 100 for one in needs)

    @cached_property
    def records(self) -> dict[str, str]:
        """All records with a number, and the objective of each."""
        every = (self.quarter.incidents, self.quarter.pages, self.quarter.changes, self.quarter.decisions)
        return {one.number: one.name for kind in every for one in kind}

    def turned(self, name: str, cited: list[str], weeks: list[int]) -> bool:
        """Whether some records show why an objective is in its pile."""
        why = self.why(name)
        by_number = why & {"missed", "loud", "ample"} or not why
        if by_number and (set(weeks) & set(QUARTER) or self._rang(name) & set(cited)):
            return True
        wanted = {
            one.number
            for one in (*self.quarter.changes, *self.due)
            if one.name == name and any(one.number.startswith(TURNED[reason]) for reason in why if reason in TURNED)
        }
        return bool(wanted & set(cited)) or (why == {"empty"} and bool(set(weeks) & set(QUARTER)))

    def outside(self, number: str) -> bool:
        """Whether an incident or a page lies outside of the quarter; a change or a decision may be older and hold."""
        days = {one.number: one.day for one in self.quarter.incidents}
        days |= {one.number: one.at.date() for one in self.quarter.pages}
        return number in days and not FIRST <= days[number] <= LAST

    def _rang(self, name: str) -> set[str]:
        """The incidents and pages of an objective in the quarter."""
        quarter = self.quarter
        found = {one.number for one in quarter.incidents if one.name == name and FIRST <= one.day <= LAST}
        return found | {one.number for one in quarter.pages if one.name == name and FIRST <= one.at.date() <= LAST}

    def borne(self, name: str, number: float, weeks: Iterable[int]) -> set[int]:
        """Which of some weeks that count were as low as a number, and calm."""
        return self._low(name, number, set(weeks) - set(self.quarter.suspended.get(name, ())))

    def borne_in_suspension(self, name: str, number: float, weeks: Iterable[int]) -> set[int]:
        """The same of those weeks that do not count for the objective."""
        return self._low(name, number, set(weeks) & set(self.quarter.suspended.get(name, ())))

    def _low(self, name: str, number: float, weeks: set[int]) -> set[int]:
        found = {week: self.target(name).weeks[week] for week in weeks if week in self.target(name).weeks}
        return {
            week
            for week, one in found.items()
            if one.valid and sli(one) <= number + EXACT and 100_000 * one.complaints <= LOUD * one.valid
        }

    def most(self, name: str) -> float:
        """The most that an objective can keep, by promise and by practice at once."""
        return min(self.floor(name)) + EXACT

    def decider(self, name: str) -> str:
        """Who decides about an objective."""
        return self.target(name).owner or DIRECTOR

    def raised_to(self, name: str) -> float:
        """Up to which number the team has said that it agrees; the talks have no such word of any team."""
        return self.target(name).objective

    def above(self, name: str) -> tuple[str, ...]:
        """Who builds on an objective."""
        return RELIES[name]

    def lead(self, name: str) -> str:
        """Who speaks for the team that keeps an objective."""
        return LEADS[self.target(name).team]
