"""Scripts that shellcheck found nothing in, remembered by content: it takes longer than all our own rules."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from kikori import paths

MOST = 20_000
"""Scripts that are remembered; more, and those of this run alone are kept."""


class Seen:
    """The scripts that one shellcheck found clean."""

    def __init__(self, tool: Path) -> None:
        """Read what is remembered for a shellcheck; another version of it has another memory."""
        about = tool.resolve().stat()
        self._tool = f"{tool.resolve()}\0{about.st_size}\0{about.st_mtime_ns}"
        self._file = paths.state() / "shellcheck-clean"
        self._clean = _lines(self._file)

    def new(self, scripts: Sequence[Path]) -> list[Path]:
        """The scripts that were never found clean as they are."""
        return [path for path in scripts if self._mark(path) not in self._clean]

    def remember(self, scripts: Iterable[Path]) -> None:
        """Note scripts that are clean; where there is no place for it, the next run looks again."""
        marks = {self._mark(path) for path in scripts}
        if marks <= self._clean:
            return
        kept = marks | self._clean
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text("\n".join(sorted(kept if len(kept) <= MOST else marks)), encoding="ascii")
        except OSError:
            return

    def _mark(self, path: Path) -> str:
        said = hashlib.sha256(f"{self._tool}\0{path.suffix}\0".encode() + path.read_bytes())
        return said.hexdigest()[:32]


def _lines(file: Path) -> set[str]:
    try:
        return set(file.read_text(encoding="ascii").split())
    except (OSError, UnicodeDecodeError):
        return set()
