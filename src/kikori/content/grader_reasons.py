"""graders/LAB/reasons.toml: what the checks say, by names, in both languages."""

from __future__ import annotations

from pathlib import Path

from kikori.content.strict_reader import read_toml
from kikori.model import Text

FILE = "reasons.toml"


def reasons_of(graders: Path) -> dict[str, Text]:
    """Read what a grader says; nothing where it keeps its reasons in the checks.

    Raises:
        OurFault: the file is no TOML, or an entry holds anything but ``en`` and ``ja``.
    """
    file = graders / FILE
    return read_toml(file, dict[str, Text]) if file.is_file() else {}
