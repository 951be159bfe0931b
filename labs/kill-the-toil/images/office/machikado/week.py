"""Draws a week of tickets, the systems that they are about, and a quarter of the log; names come from whoever asks."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

AS_ALWAYS = "as always"
HANDS = {"access": 6, "quota": 5, "certificate": 7}
"""Minutes of work that a ticket takes, about."""
REMARKS = ("only until Friday, please", "for the audit; ask Nao", "金曜まででかまいません")
USUAL = {"access": 19, "quota": 12, "certificate": 9}
"""Tickets of a week."""


class Names(NamedTuple):
    """What people and things are called."""

    people: tuple[str, ...]
    teams: tuple[str, ...]
    parts: tuple[str, ...]
    hosts: tuple[str, ...]


OURS = Names(
    people=("nao", "rin", "gaku", "kuramoto", "mei", "sho", "tomo", "yuzu", "haru", "kei", "aya", "jo"),
    teams=("bicycles", "docks", "lockers", "pay"),
    parts=("dev", "logs", "photos", "reports"),
    hosts=("dock", "locker"),
)
"""Those of the week that learners see."""


class House:
    """Drawn systems; tickets about them come one by one."""

    def __init__(self, dice: Random, names: Names, first: int = 1000, most_gb: int = 50) -> None:
        self.dice, self.names, self.most_gb = dice, names, most_gb
        self.tickets: list[dict[str, Any]] = []
        self.number = first + dice.randrange(900)
        people = list(names.people)
        dice.shuffle(people)
        self.people = {
            name: {"team": names.teams[at % len(names.teams)], "active": at < len(people) - 2}
            for at, name in enumerate(people)
        }
        self.groups = {f"{team}-{part}": self._group(part) for team in names.teams for part in names.parts}
        self.volumes = {f"{team}-{part}": self._volume(team) for team in names.teams for part in names.parts[1:]}
        self.hosts = {
            f"{kind}-{number}": {"team": names.teams[(at + 1) % len(names.teams)], "retired": number % 5 == 4}
            for at, kind in enumerate(names.hosts)
            for number in range(11, 25)
        }
        self.certificates = [
            {"serial": 1000 + at, "host": host, "for": str(100 + at)} for at, host in enumerate(self.hosts)
        ]

    def _group(self, part: str) -> dict[str, Any]:
        decides = self.dice.choice(self.active) if part == self.names.parts[-1] or self.dice.random() < 0.15 else ""
        return {"who_decides": decides, "members": self.dice.sample(self.active, 2)}

    def _volume(self, team: str) -> dict[str, Any]:
        size = 20 * self.dice.randint(4, 20)
        return {"team": team, "gb": size, "most": size + 500}

    @property
    def active(self) -> list[str]:
        """Who works here."""
        return [name for name, one in self.people.items() if one["active"]]

    @property
    def left(self) -> list[str]:
        """Who did."""
        return [name for name, one in self.people.items() if not one["active"]]

    def of_team(self, team: str) -> str:
        """Somebody of a team."""
        return self.dice.choice([name for name in self.active if self.people[name]["team"] == team])

    def not_of(self, team: str) -> str:
        """Somebody of another team."""
        return self.dice.choice([name for name in self.active if self.people[name]["team"] != team])

    def file(self, kind: str, by: str, remark: str = "", **asks: Any) -> dict[str, Any]:
        """Add a ticket."""
        self.number += self.dice.randint(1, 4)
        ticket = {"id": self.number, "kind": kind, "from": by, "asks": asks, "remark": remark}
        self.tickets.append(ticket)
        return ticket

    def open_group(self) -> str:
        """A group about which nobody decides."""
        return self.dice.choice([name for name, one in self.groups.items() if not one["who_decides"]])

    def access(self, group: str = "") -> dict[str, Any]:
        """A ticket for a right, as always: for somebody who has it not yet."""
        group = group or self.open_group()
        user = self.dice.choice([one for one in self.active if one not in self.groups[group]["members"]])
        return self.file("access", self.dice.choice(self.active), user=user, group=group)

    def quota(self, volume: str = "") -> dict[str, Any]:
        """A ticket for room, as always."""
        volume = volume or self.dice.choice(list(self.volumes))
        by = self.of_team(self.volumes[volume]["team"])
        return self.file("quota", by, volume=volume, gb=self.dice.randint(2, 9) * 5)

    def certificate(self, host: str = "") -> dict[str, Any]:
        """A ticket for a certificate, as always."""
        host = host or self.dice.choice([name for name, one in self.hosts.items() if not one["retired"]])
        return self.file("certificate", self.of_team(self.hosts[host]["team"]), host=host)

    def for_a_person(self) -> None:
        """A ticket of each sort that somebody has to decide."""
        dice = self.dice
        decided = dice.choice([name for name, one in self.groups.items() if one["who_decides"]])
        volume = dice.choice(list(self.volumes))
        host = dice.choice([name for name, one in self.hosts.items() if not one["retired"]])
        old = dice.choice([name for name, one in self.hosts.items() if one["retired"]])
        self.file("access", dice.choice(self.active), user=dice.choice(self.active), group=decided)
        self.file("access", dice.choice(self.active), user=dice.choice(self.left), group=self.open_group())
        self.file("quota", self.not_of(self.volumes[volume]["team"]), volume=volume, gb=20)
        self.file(
            "quota", self.of_team(self.volumes[volume]["team"]), volume=volume, gb=self.most_gb + 5 * dice.randint(2, 9)
        )
        gone = dice.choice(self.left)
        theirs = [name for name, one in self.volumes.items() if one["team"] == self.people[gone]["team"]]
        self.file("quota", gone, volume=dice.choice(theirs), gb=20)
        self.file("certificate", self.not_of(self.hosts[host]["team"]), host=host)
        self.file("certificate", self.of_team(self.hosts[old]["team"]), host=old)
        self.access()["remark"] = dice.choice(REMARKS)

    def week(self, most_acts: int = 60) -> dict[str, Any]:
        """All of it, in the form that the office takes; tickets lie in no order of kinds."""
        numbers = [one["id"] for one in self.tickets]
        self.dice.shuffle(self.tickets)
        for number, ticket in zip(numbers, self.tickets, strict=True):
            ticket["id"] = number
        return {
            "policy": {"most_acts": most_acts, "most_gb": self.most_gb},
            "people": self.people,
            "groups": self.groups,
            "volumes": self.volumes,
            "hosts": self.hosts,
            "certificates": self.certificates,
            "tickets": self.tickets,
        }


def usual(dice: Random, names: Names = OURS) -> dict[str, Any]:
    """A week as it comes, with forty tickets and five."""
    house = House(dice, names)
    for kind, many in USUAL.items():
        for _ in range(many - 1):
            getattr(house, kind)()
    house.for_a_person()
    return house.week()


def log(dice: Random) -> str:
    """A quarter of tickets worked by hand: how long each took, and whether somebody had to decide."""
    lines = ["week,ticket,kind,minutes,decision"]
    number = 100
    for week in range(1, 14):
        for kind, many in USUAL.items():
            for _ in range(dice.randint(many - 2, many + 2)):
                number += 1
                decision = "a person" if dice.random() < 0.14 else AS_ALWAYS
                minutes = HANDS[kind] * (0.5 + dice.random()) * (3 if decision == "a person" else 1)
                lines.append(f"{week},{number},{kind},{minutes:.0f},{decision}")
    return "\n".join(lines) + "\n"
