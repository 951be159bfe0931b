"""What earlier builds worked out, by a hash of all that it was made from; what was spoiled since is not taken."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache

from kikori import paths
from kikori.attempts.private_files import private_folder

PACKAGES = ("jinja2", "markdown", "mkdocs", "mkdocs-material", "mkdocs-static-i18n", "pygments", "pymdown-extensions")
"""What turns Markdown into pages, beside our own code."""
OWN = ("mkdocs.yml", "src/kikori/site", "src/kikori/design")


class Earlier:
    """The results of earlier builds, a file for each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._asked: set[str] = set()

    def key(self, *parts: object) -> str:
        """Hash what a result is made from, with the program that makes it."""
        return hashlib.sha256(json.dumps([_program(), *parts], default=str).encode()).hexdigest()

    def get(self, key: str) -> Any | None:
        """Give a result of an earlier build, if there is one as it was written."""
        self._asked.add(key)
        try:
            digest, _, text = (self.folder / key).read_bytes().partition(b"\n")
        except OSError:
            return None
        return json.loads(text) if digest == _digest(text) else None

    def put(self, key: str, result: object) -> None:
        """Keep a result for later builds; a folder that can't be written costs time alone."""
        text = json.dumps(result, ensure_ascii=False).encode()
        half = self.folder / f"{key}.{os.getpid()}"
        with contextlib.suppress(OSError):
            private_folder(self.folder)
            half.write_bytes(_digest(text) + b"\n" + text)
            half.replace(self.folder / key)

    def once(self, make: Callable[[], str], *parts: object) -> str:
        """Give what an earlier build made of the same parts, else make it."""
        key = self.key(*parts)
        found: str | None = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found

    def templates(self) -> FileSystemBytecodeCache | None:
        """Keep the theme's templates as Jinja compiles them, where there is a place for it."""
        folder = self.folder.with_name("templates")
        with contextlib.suppress(OSError):
            private_folder(folder)
        return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None

    def forget(self) -> None:
        """Remove the results that this build did not ask for."""
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in self._asked:
                    path.unlink()


def _digest(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest().encode()


@cache
def _program() -> str:
    """Hash the program: our own files, and the versions of what they call."""
    return hash_of([paths.ROOT / name for name in OWN], platform.python_version(), *map(version, PACKAGES))


def hash_of(places: Iterable[Path], *also: str) -> str:
    """Hash every file in some places, with its name."""
    digest = hashlib.sha256("\0".join(also).encode())
    for path in sorted(path for place in places for path in _files(place)):
        digest.update(f"\0{path}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    for folder, _, names in os.walk(place):
        if not folder.endswith("__pycache__"):
            yield from (path for name in names if (path := Path(folder, name)).is_file())
