"""labs/calibration.toml: how long learners really took, beside the minutes that an author promises."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from kikori.content.strict_reader import read_toml
from kikori.model.lab import Name
from kikori.model.record import Record

FILE = "calibration.toml"
Minutes = Annotated[int, Meta(ge=0)]


class Measured(Record):
    """What a class took for a lab, explanation included."""

    n: Annotated[int, Meta(ge=1)]
    """Learners whose fix was verified."""
    median: Minutes
    """Half of them took less."""
    p90: Minutes
    """Nine of ten took less."""


class Calibration(Record):
    """The file, key by key."""

    labs: dict[Name, Measured] = {}


def calibration_of(root: Path) -> dict[str, Measured]:
    """What was measured of the labs of a content root; nothing where nobody measured.

    Raises:
        OurFault: the file breaks its format.
    """
    file = root / "labs" / FILE
    return dict(read_toml(file, Calibration).labs) if file.is_file() else {}


def calibration(roots: Iterable[Path]) -> dict[str, Measured]:
    """What was measured of the labs of all roots.

    Raises:
        OurFault: a file breaks its format.
    """
    return {lab: measured for root in roots for lab, measured in calibration_of(root).items()}
