"""courses/diagnoses.toml: what a cause may be called, in all courses, whatever the lab."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kikori import paths, settings
from kikori.content.strict_reader import read_toml
from kikori.model import Text

FILE = "courses/diagnoses.toml"


def diagnoses() -> dict[str, Text]:
    """Read the names of causes of every content root, Kikori's own first.

    Raises:
        OurFault: a file is no TOML, or an entry holds anything but ``en`` and ``ja``.
    """
    found: dict[str, Text] = {}
    for root in (paths.ROOT, *settings.content_roots()):
        found |= _read(root / FILE)
    return found


@cache
def _read(file: Path) -> dict[str, Text]:
    return read_toml(file, dict[str, Text]) if file.is_file() else {}
