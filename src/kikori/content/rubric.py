"""rubric.toml: how a person marks an explanation."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from kikori.content.strict_reader import read_toml
from kikori.errors import KikoriError
from kikori.model import Text
from kikori.model.lab import Name, pages_in
from kikori.model.record import Record
from kikori.settings import Lang


class Criterion(Record):
    """One thing that is marked."""

    id: Name
    points: Annotated[int, Meta(ge=1, le=10)]
    """The most that it gives."""
    title: Text
    full: Text
    """What an answer with all points holds."""
    half: Text | None = None
    """What one with half of them lacks, with an example in quotation marks."""
    none: Text | None = None
    """What sounds right and gives none, with an example."""


class Rubric(Record):
    """The mark scheme, key by key."""

    criteria: Annotated[tuple[Criterion, ...], Meta(min_length=2)]


KEY = "key"
"""The page beside a rubric that instructors alone read: key.md, key.ja.md."""
SECTION = re.compile(r"^## ", re.MULTILINE)


def marking_key(graders: Path, lang: Lang, faults: Collection[str] = (), fault: str = "") -> str:
    """Read what decides in a lab, without the sections of other faults than the one that is marked."""
    page = next((one for one in pages_in(graders, KEY, lang) if one.is_file()), None)
    if page is None:
        return ""
    first, *sections = SECTION.split(page.read_text(encoding="utf-8"))
    unwanted = {one for one in faults if fault and one != fault}
    return first + "".join(f"## {one}" for one in sections if one.partition("\n")[0].strip() not in unwanted)


def rubric_of(path: Path) -> Rubric | None:
    """The mark scheme; ``None`` where it can't be read, which a rule of its own tells."""
    try:
        return read_toml(path, Rubric)
    except KikoriError:
        return None
