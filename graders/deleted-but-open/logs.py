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
"""Bytes of one log as it lies there; the disk has no more."""
UNPACKED = 256 * 2**20
LONGEST = 64 * 1024
"""Bytes of one line; three headers of nginx are less than half of it."""
NUMBER = re.compile(rb"(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])")


class Line(NamedTuple):
    """A line of a log, and the file that it was found in."""

    file: File
    text: bytes


def lines(raw: bytes) -> Iterator[bytes]:
    """Give the lines of a log, of all parts that it was packed in, as far as they can be read.

    A file that is appended to has many parts, and the last may be unfinished.
    """
    opener = next((opener for begin, opener in OPENERS.items() if raw.startswith(begin)), None)
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
        self._old = frozenset[tuple[int, int]]()

    def files(self) -> list[File]:
        """List the plain files that may be logs."""
        found = self.scene.sidecar("web").files(*PLACES)
        return [file for file in found if file.kind == "file" and not file.path.startswith(NO_LOGS)]

    def size(self) -> int:
        """Add up the bytes that they take on the data disk."""
        return sum(file.blocks * 512 for file in self.files() if file.path.startswith("/data/"))

    def begin(self) -> None:
        """Leave out from now on what is there and stays as it is: no later request is in it."""
        self._old = frozenset((file.inode, file.size) for file in self.files())

    def find(self, numbers: Collection[str]) -> dict[str, list[Line]]:
        """Find the lines with each of some numbers; a number without any is left out."""
        found, wanted = dict[str, list[Line]](), frozenset(numbers)
        for file in self.files():
            if (file.inode, file.size) in self._old:
                continue
            raw = self.scene.sidecar("web").read(file.path, MOST) or b""
            for text in lines(raw):
                for number in {one.decode() for one in NUMBER.findall(text)} & wanted:
                    found.setdefault(number, []).append(Line(file, text))
        return found
