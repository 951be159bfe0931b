"""Where a recorded incident halts: until when a group has seen it, and what it has to decide."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from msgspec import Meta

from kikori.content.strict_reader import read_toml
from kikori.errors import KikoriError, OurFault
from kikori.model.lab import Text
from kikori.model.record import Record
from kikori.replay_incident.recording import Recording

FILE = "replay.toml"


class StepToml(Record):
    """A step as replay.toml has it."""

    until: datetime
    title: Text
    question: Text


class ReplayToml(Record, kw_only=True):
    """All steps, in their order."""

    begin: datetime
    unseen: tuple[str, ...] = ()
    """Who made changes that nobody saw that night; they are told in the chat alone."""
    steps: Annotated[tuple[StepToml, ...], Meta(min_length=1)]


class Step(Record):
    """A step: what came since the one before, and what is to be decided now."""

    number: int
    of: int
    begin: datetime
    until: datetime
    title: str
    question: str
    unseen: tuple[str, ...]


def steps_of(recording: Recording) -> list[Step]:
    """Read the steps of a recording.

    Raises:
        OurFault: the file breaks its format, or a step ends before the one before it.
    """
    path = recording.folder / FILE
    told = read_toml(path, ReplayToml)
    begin, found = _utc(told.begin), list[Step]()
    for number, one in enumerate(told.steps, 1):
        until = _utc(one.until)
        if until <= begin + timedelta(seconds=1):
            raise OurFault(f"{path}: step {number} ends before it begins")
        title, question = one.title.lang(recording.lang), one.question.lang(recording.lang)
        found.append(
            Step(
                number=number,
                of=len(told.steps),
                begin=begin,
                until=until,
                title=title,
                question=question,
                unseen=told.unseen,
            )
        )
        begin = until
    return found


def from_step(steps: list[Step], number: int) -> list[Step]:
    """Leave out the steps before one.

    Raises:
        KikoriError: there is no such step.
    """
    if not 1 <= number <= len(steps):
        raise KikoriError(
            f"There is no step {number}; there are {len(steps)}.", f"kikori replay-incident --from {len(steps)}"
        )
    return steps[number - 1 :]


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
