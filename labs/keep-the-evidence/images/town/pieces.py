"""What the box holds, unpacked: every file, and every file in an archive of it, within bounds."""

import bz2
import gzip
import hashlib
import io
import json
import lzma
import tarfile
import zipfile
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

BOX, SERVER = Path("/var/lib/box"), Path("/var/lib/server")
DEEPEST, MOST, LARGEST, ALL = 3, 20000, 64 * 2**20, 192 * 2**20
TEXT = 8 * 2**20
PACKED = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ", lzma.open))


@dataclass
class Piece:
    """A file of the box, or one in an archive: when it came, what it is called, its time if it has one, its bytes."""

    came: float
    top: str
    path: str
    time: int | None
    data: bytes

    @cached_property
    def text(self):
        """What a person would read of it; nothing of a program."""
        if self.data.startswith(b"\x7fELF"):
            return ""
        return self.data[:TEXT].replace(b"\0", b" ").decode("utf-8", "replace")

    @cached_property
    def sha256(self):
        """Its hash."""
        return hashlib.sha256(self.data).hexdigest()


def pieces():
    """All that the box holds, up to a bound, the smallest first: what is large hides nothing else."""
    ledger, size = BOX / "ledger.jsonl", 0
    kept = [json.loads(line) for line in ledger.read_text().splitlines()] if ledger.exists() else []
    for told in sorted(kept, key=lambda one: one["size"]):
        file = BOX / "files" / told["name"]
        if not file.is_file():
            continue
        for piece in unpacked(Piece(told["came"], told["name"], told["name"], None, file.read_bytes()), 0):
            size += len(piece.data)
            if size > ALL:
                return
            yield piece


def logs_there():
    """The logs as they are on the server now, one tar for each of their folders."""
    for file in sorted(SERVER.glob("*.tar")):
        yield from unpacked(Piece(file.stat().st_mtime, file.name, file.name, None, file.read_bytes()), 0)


def unpacked(piece, depth):
    """A piece, and what is packed in it."""
    yield piece
    if depth < DEEPEST:
        try:
            yield from inside(piece, depth)
        except (OSError, EOFError, ValueError, tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, RuntimeError):
            return


def inside(piece, depth):
    """What is packed in a piece."""
    for magic, opener in PACKED:
        if piece.data.startswith(magic):
            with opener(io.BytesIO(piece.data)) as file:
                yield from unpacked(replace(piece, data=file.read(LARGEST)), depth + 1)
            return
    if piece.data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(piece.data), mode="r:") as archive:
            for member in members(archive):
                found = Piece(piece.came, piece.top, member.name, int(member.mtime), content(archive, member))
                yield from unpacked(found, depth + 1)
    elif piece.data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(piece.data)) as archive:
            for told in archive.infolist()[:MOST]:
                with archive.open(told) as file:
                    found = Piece(piece.came, piece.top, told.filename, None, file.read(LARGEST))
                yield from unpacked(found, depth + 1)


def members(archive):
    """The plain files of a tar, up to where it breaks off."""
    for _ in range(MOST):
        try:
            member = archive.next()
        except tarfile.TarError:
            return
        if member is None:
            return
        if member.isreg() and member.size <= LARGEST:
            yield member


def content(archive, member):
    """A member's bytes."""
    file = archive.extractfile(member)
    return file.read(LARGEST) if file else b""
