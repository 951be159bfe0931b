"""What there is to make: the profiles, the clock, and where chance comes from."""

from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

SEED = "engawa 1"
END = datetime(2026, 1, 1)
"""When the newest picture was put up."""
PACE = timedelta(minutes=10)
"""From one picture to the next."""
MODERATORS = 5
BANISHED_IN = 50
"""One member in so many is banished."""


class Profile(NamedTuple):
    """How much data, and how large its pictures are."""

    name: str
    members: int
    pictures: int
    remarks: int
    width: int
    height: int
    grain: float
    """How strong the noise on a picture is, which makes the size of its file."""


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("tiny", 200, 400, 4_000, 320, 240, 0.55),
        Profile("standard", 1_000, 4_000, 100_000, 480, 360, 1.0),
        Profile("large", 1_000, 10_000, 100_000, 640, 480, 0.75),
    )
}


def chance(profile: Profile, *topic: object) -> Random:
    """A source of chance for one topic, so that a change in one leaves the others as they were."""
    return Random(":".join(map(str, (SEED, profile.name, *topic))))  # noqa: S311 - to be repeatable is the point


def weights(source: Random, count: int, offset: int) -> list[float]:
    """Zipf's law over shuffled ranks: the weight of rank r is 1 / (r + offset); the offset tames the first ones."""
    ranks = list(range(1, count + 1))
    source.shuffle(ranks)
    return [1 / (rank + offset) for rank in ranks]


def iso(moment: datetime) -> str:
    """A moment as the pages and the truth write it, to the millisecond."""
    return moment.isoformat(timespec="milliseconds")
