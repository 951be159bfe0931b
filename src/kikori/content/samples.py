"""samples.toml: explanations that were marked, to hold one's own marks against."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from msgspec import Meta

from kikori.content.strict_reader import read_toml
from kikori.errors import KikoriError
from kikori.model import Text
from kikori.model.lab import Name
from kikori.model.record import Record

FILE = "samples.toml"


class SampleMark(Record):
    """What was given for one criterion, and why."""

    criterion: Name
    level: Annotated[int, Meta(ge=0, le=3)]
    """0 nothing of what a full answer holds, 1 a little, 2 most, 3 all."""
    why: Text


class Sample(Record, kw_only=True):
    """One explanation, as a learner might have written it."""

    title: Text
    """What it is an example of."""
    fault: str = ""
    """The fault that it explains; empty in a lab without faults."""
    trail: tuple[str, ...] = ()
    """The learner's commands, the first is [#1]."""
    answers: dict[Name, Text]
    """By the id of the prompt."""
    marks: tuple[SampleMark, ...]

    def mark(self, criterion: str) -> SampleMark | None:
        """Find what was given for a criterion."""
        return next((one for one in self.marks if one.criterion == criterion), None)


class Samples(Record):
    """The file, key by key."""

    samples: Annotated[tuple[Sample, ...], Meta(min_length=3)]


def samples_of(graders: Path) -> tuple[Sample, ...]:
    """Read the marked samples beside a rubric; none where they can't be read, which a rule of its own tells."""
    file = graders / FILE
    try:
        return read_toml(file, Samples).samples if file.is_file() else ()
    except KikoriError:
        return ()
