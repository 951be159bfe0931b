"""The data disk and the logs, as more than one check looks at them."""

import bz2
import lzma
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from kikori.grading import File, Scene

NO_LOGS = ("/data/photos/", "/data/sessions/")
UNPACKERS: dict[bytes, Callable[[], Any]] = {
    b"\x1f\x8b": partial(zlib.decompressobj, zlib.MAX_WBITS | 16),
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ": lzma.LZMADecompressor,
}
"""By the first bytes of what they unpack."""
MOST = 32 * 2**20
"""Bytes of one log, packed or unpacked; the disk has no more."""


class Disk:
    """What the data disk says of itself, in bytes and files, and what can be found on it by name."""

    def __init__(self, scene: Scene) -> None:
        room = scene.sidecar("web").space("/data")
        blocks = {file.inode: file.blocks for file in scene.sidecar("web").files("/data")}
        self.size, self.free, self.inodes, self.inodes_free = room.size, room.free, room.files, room.unused
        self.nameless = max(0, room.size - room.free - 512 * sum(blocks.values()))
        """How much is used and has no name."""


class Logs:
    """The files under /data and /var/log that may be logs."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def _files(self) -> list[File]:
        found = self.scene.sidecar("web").files("/data", "/var/log")
        return [file for file in found if file.kind == "file" and not file.path.startswith(NO_LOGS)]

    def size(self) -> int:
        """The bytes that they take on the data disk."""
        return sum(file.blocks * 512 for file in self._files() if file.path.startswith("/data/"))

    def text(self) -> bytes:
        """What they say, unpacked if rotation packed it."""
        return b"\n".join(self._text(file.path) for file in self._files())

    def _text(self, path: str) -> bytes:
        raw = self.scene.sidecar("web").read(path, MOST) or b""
        unpacker = next((make() for begin, make in UNPACKERS.items() if raw.startswith(begin)), None)
        try:
            return bytes(unpacker.decompress(raw, MOST)) if unpacker else raw
        except (OSError, EOFError, zlib.error, lzma.LZMAError):
            return b""


@pytest.fixture
def disk(scene: Scene) -> Callable[[], Disk]:
    """Look at the data disk."""
    return lambda: Disk(scene)


@pytest.fixture(scope="module")
def logs(scene: Scene) -> Logs:
    """The service's logs."""
    return Logs(scene)
