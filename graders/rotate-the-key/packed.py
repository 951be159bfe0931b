"""Whether a word is in some bytes, also where they are packed: compressed, in an archive, in base64 or in figures."""

from __future__ import annotations

import binascii
import bz2
import gzip
import io
import lzma
import re
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Collection, Iterator
from contextlib import suppress

MOST = 2**22
"""Bytes that are looked at of what is packed."""
DEEPEST = 4
BROKEN = (OSError, EOFError, ValueError, RuntimeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
OPENED_BY = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\x00": lzma.open, b"\x5d\x00\x00": lzma.open}
CODED = {re.compile(rb"[0-9A-Fa-f]+"): binascii.unhexlify, re.compile(rb"[A-Za-z0-9+/_-]+={0,2}"): b64decode}


def holds(data: bytes, words: Collection[bytes], depth: int = 0) -> bool:
    """Whether one of these words is there: a tar needs no opening, since it has its files as they are."""
    if any(word in data for word in words):
        return True
    return depth < DEEPEST and any(holds(inner, words, depth + 1) for inner in unpacked(data))


def unpacked(data: bytes) -> Iterator[bytes]:
    """What is packed in some bytes; nothing where they only look like it."""
    for begin, opened in OPENED_BY.items():
        if data.startswith(begin):
            with suppress(*BROKEN), opened(io.BytesIO(data)) as stream:
                yield stream.read(MOST)
    if data.startswith(b"x"):
        with suppress(*BROKEN):
            yield zlib.decompressobj().decompress(data, MOST)
    if data.startswith(b"PK\x03\x04"):
        with suppress(*BROKEN), zipfile.ZipFile(io.BytesIO(data)) as several:
            for name in several.namelist():
                with several.open(name) as stream:
                    yield stream.read(MOST)
    joined = b"".join(data.split())
    for form, way in CODED.items():
        if form.fullmatch(joined):
            with suppress(*BROKEN):
                yield way(joined.translate(bytes.maketrans(b"-_", b"+/")))
