"""The logs of the requests, plain or packed, wherever they are kept."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from functools import partial
from typing import IO, Any, NamedTuple

from kikori.grading import File, Scene

PLACES = ("/data", "/var/log")
NO_LOGS = ("/data/photos/", "/data/sessions/")
OPENERS: dict[bytes, Callable[..., Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ": lzma.open,
    b"]\0\0": lzma.open,
}
"""By the first bytes of what they unpack."""
MOST = 32 * 2**20
"""Bytes of one log as it lies there; the task says so."""
UNPACKED = 256 * 2**20
"""Bytes that one log is unpacked to; the task says so. Of a file that is added to, only what was added counts."""
LONGEST = 64 * 1024
"""Bytes of one line; three headers of nginx are less than half of it."""
MARK = re.compile(
    rb"(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])"  # a number that was asked with
    rb"|(?<![\d.])127(?:\.\d{1,3}){3}(?!\.?\d)"  # an address that was asked from
)


class Line(NamedTuple):
    """A line of a log, and the file that it was found in."""

    file: File
    text: bytes


def opener_of(raw: bytes) -> Callable[..., Any] | None:
    """Give what unpacks a log; none for a plain one."""
    return next((opener for begin, opener in OPENERS.items() if raw.startswith(begin)), None)


def lines(raw: bytes) -> Iterator[bytes]:
    """Give the lines of a log, of all parts that it was packed in, as far as they can be read.

    A file that is appended to has many parts, and the last may be unfinished.
    """
    opener = opener_of(raw)
    source: IO[bytes] = io.BytesIO(raw)
    left = UNPACKED
    with suppress(OSError, EOFError, zlib.error, lzma.LZMAError):
        unpacked = opener(source) if opener else source
        for line in iter(partial(unpacked.readline, LONGEST), b""):
            yield line
            left -= len(line)
            if left < 0:
                return


class Logs:
    """The files under /data and /var/log that may be logs."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._old = dict[tuple[str, int], int]()

    def files(self) -> list[File]:
        """List the plain files that may be logs."""
        found = self.scene.sidecar("web").files(*PLACES)
        return [file for file in found if file.kind == "file" and not file.path.startswith(NO_LOGS)]

    def size(self) -> int:
        """Add up the bytes that they take on the data disk."""
        return sum(file.blocks * 512 for file in self.files() if file.path.startswith("/data/"))

    def begin(self) -> None:
        """Leave out from now on what is there and stays as it is: no later request is in it."""
        self._old = {place_of(file): file.size for file in self.files()}

    def find(self, marks: Collection[str]) -> dict[str, list[Line]]:
        """Find the lines with each of some marks: numbers of requests or addresses; one without any is left out."""
        found, wanted = dict[str, list[Line]](), frozenset(marks)
        for file in self.files():
            known = self._old.get(place_of(file), 0)
            if known == file.size:
                continue
            raw = self.scene.sidecar("web").read(file.path, MOST) or b""
            added = raw[known:]
            for text in lines(added if opener_of(added) else raw):
                for mark in {one.decode() for one in MARK.findall(text)} & wanted:
                    found.setdefault(mark, []).append(Line(file, text))
        return found


def place_of(file: File) -> tuple[str, int]:
    """Tell a file from others, whatever it is called: by its disk and its number there."""
    return next(place for place in PLACES if file.path.startswith(place)), file.inode
