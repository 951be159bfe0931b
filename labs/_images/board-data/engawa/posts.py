"""The pictures (all but their bytes) and the remarks on them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple

from engawa import words
from engawa.people import Member
from engawa.plan import END, PACE, Profile, chance, weights

MIMES = {"image/jpeg": 94, "image/png": 3, "image/gif": 3}
CALM = 20
"""Takes the edge off Zipf's law: without it the first picture alone would have 11,000 remarks."""
HOURS = 6
"""How long a remark follows its picture on average; the last come after DAYS."""
DAYS = 3
NEWEST = 20
"""How many pictures the first page has."""


class Picture(NamedTuple):
    """A picture before it is drawn."""

    id: int
    member: int
    mime: str
    caption: str
    created_at: datetime


class Remark(NamedTuple):
    """What a member said about a picture."""

    id: int
    picture: int
    member: int
    words: str
    created_at: datetime


def pictures(profile: Profile, members: Sequence[Member]) -> list[Picture]:
    """All pictures, the newest last; among those of the first page are two of a banished member."""
    source = chance(profile, "pictures")
    count = profile.pictures
    authors = _authors(source, members, count)
    authors[-7] = authors[-16] = _first_banished(members)
    mimes = source.choices(list(MIMES), list(MIMES.values()), k=count)
    return [
        Picture(number, author, mime, words.caption(source), END - PACE * (count - number))
        for number, author, mime in zip(range(1, count + 1), authors, mimes, strict=True)
    ]


def remarks(profile: Profile, pictures: Sequence[Picture], members: Sequence[Member]) -> list[Remark]:
    """All remarks in the order in which they were written, those on one picture at different moments."""
    source = chance(profile, "remarks")
    totals = list(accumulate(weights(source, len(pictures), CALM)))
    about = source.choices(pictures, cum_weights=totals, k=profile.remarks)
    moments = _moments(source, about)
    authors = _authors(source, members, profile.remarks)
    for place in _last_words(moments, len(pictures)):
        authors[place] = _first_banished(members)
    return [
        Remark(number, picture, author, words.remark(source), at)
        for number, (at, picture), author in zip(range(1, len(moments) + 1), moments, authors, strict=True)
    ]


def _authors(source: Random, members: Sequence[Member], count: int) -> list[int]:
    totals = list(accumulate(member.activity for member in members))
    return source.choices([member.id for member in members], cum_weights=totals, k=count)


def _first_banished(members: Sequence[Member]) -> int:
    return next(member.id for member in members if member.banished)


def _moments(source: Random, about: Sequence[Picture]) -> list[tuple[datetime, int]]:
    """When each remark was written, and about which picture; sorted."""
    taken: set[tuple[datetime, int]] = set()
    for picture in about:
        hours = min(source.expovariate(1 / HOURS), 24 * DAYS)
        moment = picture.created_at + timedelta(milliseconds=1000 + int(hours * 3_600_000))
        while (moment, picture.id) in taken:
            moment += timedelta(milliseconds=1)
        taken.add((moment, picture.id))
    return sorted(taken)


def _last_words(moments: Sequence[tuple[datetime, int]], pictures: int) -> list[int]:
    """Where the last remark on each third picture of the first page stands: a banished member has it."""
    last = {picture: place for place, (_, picture) in enumerate(moments)}
    return [last[number] for number in range(pictures, pictures - NEWEST, -3) if number in last]
