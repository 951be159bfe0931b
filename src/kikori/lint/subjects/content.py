"""All content roots together, and what could not be read in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kikori.errors import KikoriError


class Unread(NamedTuple):
    """A lab or course that could not be read, and why."""

    path: Path
    problem: KikoriError


class Content:
    """Every content root: what of it belongs together."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self.roots = tuple(roots)

    @property
    def labs(self) -> tuple[Path, ...]:
        """The folder of every lab; folders that begin with ``_`` hold shared parts."""
        return tuple(path for root in self.roots for path in sorted((root / "labs").glob("[!_.]*/")) if path.is_dir())

    @property
    def graders(self) -> tuple[Path, ...]:
        """The folder of every grader."""
        found = (path for root in self.roots for path in sorted((root / "graders").glob("*/")))
        return tuple(path for path in found if path.is_dir() and path.name != "__pycache__")

    @property
    def shelves(self) -> tuple[Path, ...]:
        """The folders of shared images."""
        return tuple(images for root in self.roots if (images := root / "labs" / "_images").is_dir())


def owner(file: Path, roots: Sequence[Path]) -> str:
    """The lab that a file belongs to; empty where it belongs to none."""
    for root in roots:
        if file.is_relative_to(root):
            parts = file.relative_to(root).parts
            if len(parts) > 1 and parts[0] in ("labs", "graders", "proofs") and not parts[1].startswith("_"):
                is_of_all = parts[0] == "labs" and parts[1].endswith(".toml")  # such as sizes.toml
                return "" if is_of_all else parts[1].removesuffix(".toml")
    return ""
