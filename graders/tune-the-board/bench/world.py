"""What the board should hold: the seed's truth, and what this run has added to it."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import Any

NEVER = float("inf")
GRACE = 1.0
"""Seconds after which what one wrote must be seen by all."""


@dataclass(slots=True)
class Member:
    """Somebody with an account."""

    id: int
    name: str
    password: str
    moderator: bool = False
    banished: bool = False
    banished_since: float = NEVER
    """From when on nothing of theirs may be shown; during the request itself both is right."""
    passing: bool = False
    """Made in this run only to be banished."""


@dataclass(slots=True)
class Remark:
    """Something said below a picture."""

    by: Member
    words: str
    id: int = 0
    known_at: float = NEVER
    """When it was acknowledged, on the monotonic clock; 0 for the seed's."""


@dataclass(slots=True)
class Picture:
    """A picture and what was said of it."""

    by: Member
    mime: str
    sha256: str
    caption: str
    id: int = 0
    at: str = ""
    known_at: float = NEVER
    remarks: list[Remark] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where its bytes are."""
        ending = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}[self.mime]
        return f"/img/{self.id}.{ending}"


class World:
    """The board as it should be, at every moment of a run."""

    def __init__(self, truth: Mapping[str, Any], *, alone: bool = True) -> None:
        """``alone`` is false where generators on other machines write too: what they wrote is not known here."""
        self.alone = alone
        rows = (Member(int(i), name, word, bool(mod), bool(out)) for i, name, word, mod, out in truth["members"])
        self.members = {member.name: member for member in rows}
        by_id = {member.id: member for member in self.members.values()}
        for member in self.members.values():
            member.banished_since = 0.0 if member.banished else NEVER
        self.pictures: dict[int, Picture] = {}
        for number, by, mime, sha, _size, caption, at in truth["pictures"]:
            self.pictures[number] = Picture(by_id[by], mime, sha, caption, number, at, 0.0)
        for number, picture, by, words, _at in truth["remarks"]:
            self.pictures[picture].remarks.append(Remark(by_id[by], words, number, 0.0))
        self.last_picture, self.last_remark = len(truth["pictures"]), len(truth["remarks"])
        self._order = sorted((picture.at, picture.id) for picture in self.pictures.values())
        self.started: dict[str, Picture] = {}
        """Pictures of this run by their caption, from the moment they were sent."""
        self.said: dict[str, Remark] = {}
        """Remarks of this run by their words."""
        self.below: dict[str, Picture] = {}
        """The pictures that these stand at."""
        self._prepare()

    def _prepare(self) -> None:
        self._choose()
        self.received: dict[str, int] = defaultdict(int)
        self.spoken: dict[str, int] = defaultdict(int)
        self.shown: dict[str, int] = defaultdict(int)
        for picture in self.pictures.values():
            self.shown[picture.by.name] += 1
            self.received[picture.by.name] += len(picture.remarks)
            for remark in picture.remarks:
                self.spoken[remark.by.name] += 1

    def _choose(self) -> None:
        """Note who and what of the seed visits may choose."""
        seeds = [m for m in self.members.values() if not m.passing]
        self.moderators = [m for m in seeds if m.moderator]
        self.banished = [m for m in seeds if m.banished]
        self.regulars = [m for m in seeds if not m.banished and not m.moderator]
        self._seen = [p for p in self.pictures.values() if not p.by.banished and p.id <= self.last_picture]
        self._weights = list(accumulate(len(p.remarks) + 1 for p in self._seen))

    def banish(self, *members: Member) -> None:
        """Shut members out: from now on nothing of theirs is shown."""
        for member in members:
            member.banished, member.banished_since = True, time.monotonic()
        if not all(member.passing for member in members):
            self._choose()

    def popular(self, rng: Random) -> Picture:
        """A picture of the seed, the ones with many remarks more often."""
        return rng.choices(self._seen, cum_weights=self._weights)[0]

    def newest(self, before: str = "") -> list[Picture]:
        """The twenty newest acknowledged pictures that may be seen, older than a moment if one is given."""
        end = bisect_left(self._order, (before, 0)) if before else len(self._order)
        found: list[Picture] = []
        for _, number in reversed(self._order[:end]):
            picture = self.pictures[number]
            if not picture.by.banished_since <= time.monotonic():
                found.append(picture)
                if len(found) == 20:
                    break
        return found

    def due(self, asked: float, newer_than: tuple[str, int], before: str = "") -> Iterable[Picture]:
        """The pictures newer than one that a list asked for at ``asked`` must show."""
        for at, number in reversed(self._order):
            if (at, number) <= newer_than:
                return
            picture = self.pictures[number]
            of_passing = picture.by.passing or picture.by.banished_since != NEVER
            if not of_passing and picture.known_at <= asked - GRACE and (not before or at < before):
                yield picture

    def add(self, picture: Picture, number: int, at: str) -> None:
        """A picture that was sent is acknowledged under a number."""
        picture.id, picture.at, picture.known_at = number, at, time.monotonic()
        self.pictures[number] = picture
        place = bisect_left(self._order, (at, number))
        self._order.insert(place, (at, number))

    def range_of(self, name: str, what: str, asked: float) -> tuple[int, float]:
        """The least and the most that a counter of a profile may say."""
        member = self.members[name]
        if what == "pictures":
            seed, mine = self.shown[name], [p.known_at for p in self.started.values() if p.by is member]
        elif what == "remarks":
            seed, mine = self.spoken[name], [r.known_at for r in self.said.values() if r.by is member]
        else:
            seed, mine = self.received[name], [r.known_at for r in self._said_to(member)]
        return seed + sum(at <= asked - GRACE for at in mine), self.most(seed + len(mine))

    def most(self, known: int) -> float:
        """The most that may be counted, where so many are known of."""
        return known if self.alone else float("inf")

    def _said_to(self, member: Member) -> Iterable[Remark]:
        return (remark for words, remark in self.said.items() if self.below[words].by is member)

    def say(self, picture: Picture, remark: Remark) -> None:
        """A remark is being sent."""
        self.said[remark.words] = remark
        picture.remarks.append(remark)
        self.below[remark.words] = picture
