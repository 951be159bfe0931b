"""The figures of one quarter of Machikado's SRE team: drawn from a word, so that the same word gives the same ones."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

WORKDAYS = 60
TEAMS = {
    1: "lockers",
    2: "payments",
    3: "app",
    4: "counter",
    5: "map",
    6: "lockers",
    7: "payments",
    8: "bicycles",
    9: "sales",
}
"""Who asks for what: the numbers of the letters, with their teams."""
EXCLUDES = ((1, 6), (3, 4), (7, 8))
"""Of each of these two only one can be done."""
ASKED = ("first", "second", "third", "fourth", "fifth")
"""Who answered in the quarter before."""
BEGINS = ("2027-01-04", "2027-04-05", "2027-07-05", "2027-10-04")


@dataclass(frozen=True)
class Person:
    """One of the team, with the share of the week that is worked here."""

    name: str
    share: int
    leave: int


@dataclass(frozen=True)
class Work:
    """What goes on already: its days in this quarter, who waits for it, and whether it may be stopped."""

    name: str
    days: int
    waits: str
    may_stop: bool


@dataclass(frozen=True)
class Request:
    """A letter: what it costs the team in this quarter, and in each one from then on."""

    number: int
    team: str
    now: int
    later: int


class Quarter:
    """All figures of the quarter, and what follows from them."""

    def __init__(self, word: str) -> None:
        """Draw them."""
        rng = random.Random(f"quarter {word}")  # noqa: S311  # variety, not secrecy
        self.begins = date.fromisoformat(rng.choice(BEGINS))
        self.ends = self.begins + timedelta(days=12 * 7 + 4)
        self.people = (
            Person("Rin", 100, rng.randint(5, 9)),
            Person("Kuramoto", 80, rng.randint(4, 8)),
            Person("the third of the team", 50, rng.randint(6, 10)),
        )
        self.days = rng.randint(44, 50)
        archive, reports = rng.sample(range(14, 18), 2)
        rest = sum(WORKDAYS * one.share // 100 - one.leave for one in self.people) - self.days - archive - reports
        self.works = (
            Work("archive", archive, "counter", may_stop=True),
            Work("reports", reports, "director", may_stop=True),
            Work("certificates", rest, "lockers", may_stop=False),
        )
        ranges = {
            1: ((14, 18), (16, 20)),
            2: ((12, 16), (14, 18)),
            3: ((5, 7), (1, 1)),
            4: ((3, 4), (3, 4)),
            5: ((11, 14), (5, 6)),
            6: ((20, 24), (2, 3)),
            7: ((13, 16), (10, 12)),
            8: ((28, 33), (2, 3)),
            9: ((10, 13), (12, 15)),
        }
        self.requests = {
            number: Request(number, TEAMS[number], rng.randint(*now), rng.randint(*later))
            for number, (now, later) in ranges.items()
        }
        self.answers = _answers(rng)
        self.nights = {team: (rng.randint(2, 9), rng.randint(20, 95)) for team in dict.fromkeys(TEAMS.values())}

    @property
    def agreement(self) -> float:
        """How many of all pairs of answers were alike, in percent."""
        return agreement(self.answers)

    @property
    def teams(self) -> set[str]:
        """Who asked, or waits for something."""
        return {*TEAMS.values(), *(one.waits for one in self.works)}


def agreement(answers: dict[str, str]) -> float:
    """The agreement rate of several people's answers, in percent."""
    pairs = list(combinations(answers.values(), 2))
    alike = sum(one == other for a, b in pairs for one, other in zip(a, b, strict=True))
    return 100 * alike / sum(len(one) for one, _ in pairs)


def _answers(rng: random.Random) -> dict[str, str]:
    """Answers to twelve requests that agree about as often as coins do."""
    while True:
        found = {who: "".join(rng.choice("yn") for _ in range(12)) for who in ASKED}
        if 38 <= agreement(found) <= 60 and abs(agreement(found) - 45) > 2:  # 45 stands in the example
            return found
