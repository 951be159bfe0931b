"""That a game day was agreed to: with which attempt, as which learner, and since when."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

from kikori import paths
from kikori.attempts.atomic_files import write_whole
from kikori.attempts.private_files import read_private
from kikori.errors import EnvironmentProblem
from kikori.model.record import Record

LASTS = 12 * 3600.0
"""Seconds after which it is asked for again."""


class Agreed(Record):
    """What somebody at this computer said yes to."""

    learner: str
    """Their id in the cohort: what was agreed with one instructor says nothing to another."""
    attempt: str
    lab: str
    at: float

    def stands(self, learner: str, attempt: str, now: float | None = None) -> bool:
        """Tell whether it still holds; not after half a day, nor on a clock that was set back before it."""
        age = (now or time.time()) - self.at
        return (self.learner, self.attempt) == (learner, attempt) and 0.0 <= age <= LASTS


def file() -> Path:
    """Name the file that keeps it."""
    return paths.state() / "cohort-game-day.json"


def agreed() -> Agreed | None:
    """Read what was agreed to; nothing where the file is damaged, so that it is asked again."""
    try:
        return msgspec.json.decode(read_private(file()), type=Agreed)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def keep(given: Agreed) -> None:
    """Write down what was agreed to.

    Raises:
        EnvironmentProblem: the state folder can't be written.
    """
    try:
        write_whole(file(), msgspec.json.encode(given))
    except OSError as problem:
        raise EnvironmentProblem(f"{file()}: can't be written: {problem.strerror}", "df -h ~") from None


def forget() -> None:
    """Agree to nothing any more."""
    file().unlink(missing_ok=True)
