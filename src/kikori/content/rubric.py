"""rubric.toml: how a person marks an explanation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from msgspec import Meta

from kikori.content.strict_reader import read_toml
from kikori.errors import KikoriError
from kikori.model import Text
from kikori.model.lab import Name
from kikori.model.record import Record


class Criterion(Record):
    """One thing that is marked."""

    id: Name
    points: Annotated[int, Meta(ge=1, le=10)]
    """The most that it gives."""
    title: Text
    full: Text
    """What an answer with all points holds."""


class Rubric(Record):
    """The mark scheme, key by key."""

    criteria: Annotated[tuple[Criterion, ...], Meta(min_length=2)]


def rubric_of(path: Path) -> Rubric | None:
    """The mark scheme; ``None`` where it can't be read, which a rule of its own tells."""
    try:
        return read_toml(path, Rubric)
    except KikoriError:
        return None
