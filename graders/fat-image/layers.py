"""What the layers of an image hold, as the engine hands them out: whose files they are, and whether a key is in one."""

from __future__ import annotations

import base64
import bz2
import io
import json
import lzma
import re
import subprocess
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from typing import IO, Literal, NamedTuple

MOST = 64 << 20
"""Bytes of one file that are looked at, packed or unpacked."""
SMALL = 4 << 20
"""Up to this size a file may be text that an encoder has folded into lines."""
DEEPEST = 4
WHITEOUT = ".wh."
CAPABILITY = "SCHILY.xattr.security.capability"
BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]{16,}")
BROKEN = (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, RuntimeError)
"""What the unpackers say to a file that only looks like theirs."""


class Entry(NamedTuple):
    """What a layer says of one path."""

    kind: Literal["file", "folder", "other"]
    mode: int
    owner: int
    group: int
    capable: bool
    """Whether the file gives its caller capabilities."""


class Contents(NamedTuple):
    """What is to be known of an image's own layers."""

    files: dict[str, Entry]
    """What a container would see of them, by path."""
    key: str
    """Where the key was found, in whatever layer; empty where it was not."""


def contents(image: str, known: Iterable[str], key: bytes) -> Contents:
    """Read an image's layers but for those that are ``known``, by digest."""
    skipped = [digest.partition(":")[2] for digest in known]
    spellings, order, read, where = spellings_of(key), list[str](), dict[str, list[tuple[str, Entry]]](), ""
    with subprocess.Popen(["docker", "save", image], stdout=subprocess.PIPE) as saved:
        try:
            with tarfile.open(fileobj=saved.stdout, mode="r|") as outer:
                for member in outer:
                    blob = outer.extractfile(member) if member.isreg() else None
                    if blob is None or any(digest in member.name for digest in skipped):
                        continue
                    if blob.peek(1)[:1] in (b"{", b"["):  # type: ignore[attr-defined]  # it is a buffered reader
                        text = blob.read()
                        where = where or ("the image's own description" if holds(text, spellings) else "")
                        order = json.loads(text)[0]["Layers"] if member.name == "manifest.json" else order
                        continue
                    with suppress(tarfile.TarError):  # what is no layer
                        read[member.name], found = _layer(blob, spellings)
                        where = where or found
        finally:
            saved.kill()
    return Contents(_merged(read[name] for name in order if name in read), where)


def _layer(blob: IO[bytes], spellings: list[bytes]) -> tuple[list[tuple[str, Entry]], str]:
    """A layer's entries, and the first path whose name or content has the key."""
    entries, where = [], ""
    with tarfile.open(fileobj=blob, mode="r|*") as layer:
        for member in layer:
            path = str(PurePosixPath("/", member.name))
            kind: Literal["file", "folder", "other"] = "folder" if member.isdir() else "other"
            kind = "file" if member.isreg() or member.islnk() else kind
            entries.append(
                (path, Entry(kind, member.mode & 0o7777, member.uid, member.gid, CAPABILITY in member.pax_headers))
            )
            file = layer.extractfile(member) if member.isreg() else None
            said = f"{member.name} {member.linkname} {member.pax_headers}".encode(errors="replace")
            if not where and (holds(said, spellings) or (file and holds(file.read(MOST), spellings))):
                where = path
    return entries, where


def _merged(layers: Iterable[list[tuple[str, Entry]]]) -> dict[str, Entry]:
    """What stands when each layer has been laid over the one before."""
    seen: dict[str, Entry] = {}
    for layer in layers:
        for path, _ in layer:
            place = PurePosixPath(path)
            if place.name.startswith(WHITEOUT):
                gone = str(place.with_name(place.name.removeprefix(WHITEOUT)))
                below = f"{place.parent}/" if gone.endswith("/.wh..opq") else f"{gone}/"
                seen = {at: one for at, one in seen.items() if at != gone and not at.startswith(below)}
        seen |= {path: entry for path, entry in layer if WHITEOUT not in path}
    return seen


def spellings_of(key: bytes) -> list[bytes]:
    """A key as it stands, and as usual encoders write it, wherever in their text it begins."""
    found = [key, key[::-1], key.decode().encode("utf-16-le"), key.decode().encode("utf-16-be")]
    for encode, bits, group in (
        (base64.b64encode, 6, 3),
        (base64.urlsafe_b64encode, 6, 3),
        (base64.b32encode, 5, 5),
        (base64.b16encode, 4, 1),
        (lambda data: base64.b16encode(data).lower(), 4, 1),
    ):
        found += [_from(encode, at, key, bits) for at in range(group)]
    return list(dict.fromkeys(found))


def _from(encode: Callable[[bytes], bytes], before: int, key: bytes, bits: int) -> bytes:
    """The letters that are the key's alone where other bytes stand before it."""
    return encode(bytes(before) + key)[-(-8 * before // bits) : 8 * (before + len(key)) // bits]


def holds(data: bytes, spellings: list[bytes], depth: int = 0) -> bool:
    """Whether a key is in a file, in one of its spellings, also in what is packed in it."""
    if any(spelling in data for spelling in spellings):
        return True
    if len(data) <= SMALL:
        joined = b"".join(data.split())
        if any(spelling in joined for spelling in spellings):
            return True
    if depth == DEEPEST:
        return False
    with suppress(*BROKEN):
        return any(holds(inner, spellings, depth + 1) for inner in unpacked(data))
    return False


def unpacked(data: bytes) -> Iterator[bytes]:
    """What a file holds that is packed: compressed, in an archive, or all of it in base64."""
    if data.startswith((b"\x1f\x8b", b"\x78\x01", b"\x78\x9c", b"\x78\xda")):
        yield zlib.decompressobj(wbits=47).decompress(data, MOST)
    elif data.startswith(b"BZh"):
        yield bz2.BZ2Decompressor().decompress(data, MOST)
    elif data.startswith((b"\xfd7zXZ\x00", b"\x5d\x00\x00")):
        yield lzma.LZMADecompressor().decompress(data, MOST)
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                with packed.open(name) as file:
                    yield file.read(MOST)
    elif data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as packed_files:
            for member in packed_files:
                if file_ := packed_files.extractfile(member):
                    yield file_.read(MOST)
    elif len(data) <= SMALL and BASE64.fullmatch(data):
        yield base64.b64decode(b"".join(data.split()))
