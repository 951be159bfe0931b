"""What the layers of an image hold, as the engine hands them out: whose files they are, and whether a key is in one."""

from __future__ import annotations

import base64
import json
import subprocess
import tarfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import PurePosixPath
from typing import IO, Literal, NamedTuple

from kikori.grading import unpacked

MOST = 64 << 20
"""Bytes of one file that are looked at."""
SMALL = 4 << 20
"""Up to this size a file may be text that an encoder has folded into lines."""
WHITEOUT = ".wh."
CAPABILITY = "SCHILY.xattr.security.capability"


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


def holds(data: bytes, spellings: list[bytes]) -> bool:
    """Whether a key is in a file, in one of its spellings, also in what is packed in it."""
    return any(_is_in(one, spellings) for one in unpacked(data))


def _is_in(data: bytes, spellings: list[bytes]) -> bool:
    """Whether a key is in some bytes as they are, or where an encoder has folded them into lines."""
    if any(spelling in data for spelling in spellings):
        return True
    joined = b"".join(data.split()) if len(data) <= SMALL else b""
    return any(spelling in joined for spelling in spellings)
