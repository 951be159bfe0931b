"""The members: who moderates, who is banished, and how their passwords are kept."""

import hashlib
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from engawa import words
from engawa.plan import BANISHED_IN, END, MODERATORS, PACE, Profile, chance, weights

ROUNDS = 20
"""How often a digest is digested again."""
CALM = 5
"""Takes the edge off Zipf's law: without it one member would write every seventh remark."""


class Member(NamedTuple):
    """A row of the table, and the password, which only the truth knows."""

    id: int
    name: str
    password: str
    salt: str
    moderator: bool
    banished: bool
    joined_at: datetime
    activity: float
    """How much of all that is written this member writes, beside the others' numbers."""


def digest(salt: str, password: str) -> str:
    """What is kept of a password."""
    found = hashlib.sha256(f"{salt}:{password}".encode()).hexdigest()
    for _ in range(ROUNDS):
        found = hashlib.sha256((found + salt).encode()).hexdigest()
    return found


def members(profile: Profile) -> list[Member]:
    """All members, in the order in which they joined; the last did so before the first picture."""
    source = chance(profile, "members")
    active = weights(source, profile.members, CALM)
    banished = _banished(source, active)
    secrets = chance(profile, "passwords")
    joined = END - PACE * profile.pictures - timedelta(hours=6) * profile.members
    found = []
    for number, name in enumerate(words.names(source, profile.members), start=1):
        joined += timedelta(hours=6) - timedelta(seconds=source.randrange(3600))
        salt = f"{secrets.getrandbits(64):016x}"
        secret = words.password(secrets)
        moderator = number <= MODERATORS
        active_now = active[number - 1]
        found.append(Member(number, name, secret, salt, moderator, number in banished, joined, active_now))
    return found


def _banished(source: Random, active: list[float]) -> set[int]:
    """The busiest who does not moderate is among them, so that a page that forgets the ban shows it."""
    others = sorted(range(MODERATORS + 1, len(active) + 1), key=lambda number: -active[number - 1])
    return {others[0], *source.sample(others[1:], len(active) // BANISHED_IN - 1)}
