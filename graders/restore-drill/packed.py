"""What is packed in a file: by gzip, bzip2, xz or zip, or in an archive; also one in the other."""

from __future__ import annotations

import bz2
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress

MOST, DEEPEST = 32 * 2**20, 4
"""Bytes that are looked at of one file, and how often one thing may be packed in another."""
BROKEN = (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, RuntimeError)
STARTS = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x5d\x00\x00", b"PK\x03\x04")


def is_packed(data: bytes) -> bool:
    """Whether a file looks like one that can be unpacked."""
    return data.startswith(STARTS) or data[257:262] == b"ustar"


def contents(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """A file as it is, and whatever is packed in it; what turns out broken gives what could be read."""
    yield data
    if depth < DEEPEST and is_packed(data):
        with suppress(*BROKEN):
            for inner in _unpacked(data):
                yield from contents(inner, depth + 1)


def _unpacked(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"\x1f\x8b"):
        yield zlib.decompressobj(wbits=31).decompress(data, MOST)
    elif data.startswith(b"BZh"):
        yield bz2.BZ2Decompressor().decompress(data, MOST)
    elif data.startswith((b"\xfd7zXZ\x00", b"\x5d\x00\x00")):
        yield lzma.LZMADecompressor().decompress(data, MOST)
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            for name in files.namelist():
                with files.open(name) as file:
                    yield file.read(MOST)
    else:
        with tarfile.open(fileobj=io.BytesIO(data)) as files_:
            for member in files_:
                if held := files_.extractfile(member):
                    yield held.read(MOST)
