"""Who sent the files of a cohort's inbox: a list beside them, since a file says of itself whatever its maker wants."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from kikori.progress.files import write_whole

FILE = "senders.json"
"""In the folder of the files; says of each file's name who sent it."""


def keep_senders(folder: Path, senders: Mapping[str, str]) -> None:
    """Write down who sent what, in place of what was written before."""
    if senders:
        write_whole(folder / FILE, msgspec.json.encode(senders))
    else:
        (folder / FILE).unlink(missing_ok=True)


class Senders:
    """The lists beside some files, each read once."""

    def __init__(self) -> None:
        self.lists: dict[Path, dict[str, str]] = {}

    def of(self, *files: Path) -> tuple[str, ...]:
        """Who sent these; nobody where that is not known."""
        return tuple(sorted({name for file in files if (name := self._list(file.parent).get(file.name))}))

    def _list(self, folder: Path) -> dict[str, str]:
        if folder not in self.lists:
            self.lists[folder] = _read(folder / FILE)
        return self.lists[folder]


def _read(file: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}


def strangers(learner: str, senders: Iterable[str]) -> tuple[str, ...]:
    """Those of the senders who have another name than the learner."""
    return tuple(name for name in senders if _folded(name) != _folded(learner))


def origin(senders: Iterable[str], attempt: str) -> tuple[str, ...]:
    """What tells submissions of one name apart: who sent them, else the attempt that they come from."""
    return tuple(sorted({*map(_folded, senders)})) or (attempt,)


def _folded(name: str) -> str:
    """A name, the same for all ways to write it."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
