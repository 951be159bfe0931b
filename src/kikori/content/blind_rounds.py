"""rounds.toml: the blind rounds in which strangers examined a lab's verdict."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from kikori.content.strict_reader import read_toml
from kikori.errors import OurFault
from kikori.model import Lab
from kikori.model.record import Record

FILE = "rounds.toml"
READY = 2
"""After so many rounds in a row without a surprise a lab is ready."""
EARLIEST = timedelta(hours=14)
"""How far the clocks that are furthest ahead are before UTC: no day begins earlier."""

Cases = Annotated[int, Meta(ge=1, le=1000)]
Line = Annotated[str, Meta(pattern=r"^\S[^\n]*\Z")]


class Surprise(Record):
    """A verdict that was not what the examiner had decided before."""

    case: Line
    """The wrong solution that was accepted, or the right one that was refused."""
    mended: Line
    """What was fixed, here and in other labs."""


class Round(Record):
    """One blind round."""

    day: date
    """When it was held."""
    right: Cases
    """Right solutions that were tried."""
    wrong: Cases
    """Wrong ones."""
    surprises: tuple[Surprise, ...]
    """Empty where there was none: that is said, never left out."""

    def __post_init__(self) -> None:
        if self.day > (datetime.now(UTC) + EARLIEST).date():
            raise ValueError(f"the day {self.day} has not come yet")


class Rounds(Record):
    """The file, key by key."""

    round: Annotated[tuple[Round, ...], Meta(min_length=1)]
    """The rounds in the order in which they were held."""

    def __post_init__(self) -> None:
        for before, after in pairwise(self.round):
            if after.day < before.day:
                raise ValueError(f"the round of {after.day} stands below that of {before.day}: the newest comes last")

    @property
    def cases(self) -> int:
        """Count the solutions of all rounds."""
        return sum(one.right + one.wrong for one in self.round)

    @property
    def last_surprise(self) -> int:
        """Number the last round that had a surprise, from 1; 0 where none had."""
        return max((number for number, one in enumerate(self.round, 1) if one.surprises), default=0)

    @property
    def quiet(self) -> int:
        """Count the rounds since the last surprise."""
        return len(self.round) - self.last_surprise


def file_of(lab: Lab) -> Path:
    """Place a lab's file beside its checks."""
    return lab.graders / FILE


def rounds_of(lab: Lab) -> Rounds | None:
    """Read a lab's rounds; ``None`` where no stranger has examined it.

    Raises:
        OurFault: the file breaks its format; says where, and the command that says what would be right.
    """
    file = file_of(lab)
    try:
        return read_toml(file, Rounds) if file.is_file() else None
    except OurFault as problem:
        raise OurFault(problem.message, f"kikori lab lint {lab.id}") from None
