"""What is packed in some bytes: compressed, in an archive, or written in letters; also one in the other."""

from __future__ import annotations

import binascii
import bz2
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from base64 import b64decode
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Protocol

MOST = 64 << 20
"""Bytes that are unpacked of one file, all in all: a learner's archive may hold far more than it weighs."""
DEEPEST, MEMBERS = 4, 10_000
"""How often one thing may be packed in another, and how many files of an archive are opened."""
SMALL = 4 << 20
"""Up to this size a file may be letters that an encoder wrote."""
BROKEN = (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, RuntimeError)
"""What the unpackers say to bytes that only look like theirs."""
ZIP, TAR_AT = b"PK\x03\x04", slice(257, 262)


class Decompressor(Protocol):
    """What the standard library's incremental decompressors have in common."""

    @property
    def eof(self) -> bool:
        """Whether its stream has ended."""

    @property
    def unused_data(self) -> bytes:
        """What follows that stream."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Give at most so many bytes."""


COMPRESSED: dict[tuple[bytes, ...], Callable[[], Decompressor]] = {
    (b"\x1f\x8b", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"): lambda: zlib.decompressobj(wbits=47),
    (b"BZh",): bz2.BZ2Decompressor,
    (b"\xfd7zXZ\x00", b"\x5d\x00\x00"): lzma.LZMADecompressor,
}
"""How the streams of gzip, zlib, bzip2, xz and lzma begin."""
ENCODED: dict[re.Pattern[bytes], Callable[[bytes], bytes]] = {
    re.compile(rb"[0-9A-Fa-f]{16,}"): binascii.unhexlify,
    re.compile(rb"[A-Za-z0-9+/]{16,}={0,2}"): b64decode,
}
"""What is written in figures, and in base64 of either alphabet."""


def is_packed(data: bytes) -> bool:
    """Tell whether some bytes begin as an archive or a compressed file does."""
    return data.startswith((ZIP, *(start for starts in COMPRESSED for start in starts))) or data[TAR_AT] == b"ustar"


def unpacked(data: bytes, most: int = MOST) -> Iterator[bytes]:
    """Give some bytes as they are, and whatever is packed in them.

    Of what turns out to be broken that is given which could be read; at most ``most`` bytes are unpacked in all.
    """
    waiting, left = deque([(data, 0)]), most
    while waiting:
        one, depth = waiting.popleft()
        yield one
        if depth < DEEPEST:
            for inner in _inside(one, left):
                left -= len(inner)
                waiting.append((inner, depth + 1))


def _inside(data: bytes, left: int) -> Iterator[bytes]:
    """What is packed in some bytes themselves."""
    for starts, begin in COMPRESSED.items():
        if data.startswith(starts):
            yield from _streams(data, begin, left)
    if data.startswith(ZIP):
        yield from _zipped(data, left)
    elif data[TAR_AT] == b"ustar":
        yield from _archived(data, left)
    elif len(data) <= min(SMALL, left):
        yield from _written(data)


def _streams(data: bytes, begin: Callable[[], Decompressor], left: int) -> Iterator[bytes]:
    """One stream after the other, as two files that were joined."""
    found = bytearray()
    with suppress(*BROKEN):
        while data and len(found) < left:
            stream = begin()
            found += stream.decompress(data, left - len(found))
            data = stream.unused_data if stream.eof else b""
    if found:
        yield bytes(found)


def _zipped(data: bytes, left: int) -> Iterator[bytes]:
    with suppress(*BROKEN), zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in islice(archive.namelist(), MEMBERS):
            with suppress(*BROKEN), archive.open(name) as file:
                found = file.read(left)
                left -= len(found)
                yield found


def _archived(data: bytes, left: int) -> Iterator[bytes]:
    with suppress(*BROKEN), tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in islice(archive, MEMBERS):
            if file := archive.extractfile(member):
                found = file.read(left)
                left -= len(found)
                yield found


def _written(data: bytes) -> Iterator[bytes]:
    """What an encoder wrote in letters, folded into lines or not."""
    joined = b"".join(data.split()).translate(bytes.maketrans(b"-_", b"+/"))
    for form, decode in ENCODED.items():
        if form.fullmatch(joined):
            with suppress(*BROKEN):
                yield decode(joined)
