"""Read a stranger's tar by an allow-list: what Kikori, Docker and git write, and nothing else.

``tarfile`` understands ten dialects, follows chains of headers, and searches them with expressions that take minutes;
what it refuses depends on Python's patch level. Here a member is one ustar header with at most one pax header before
it, each looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kikori.model.record import Record
from kikori.submission import format as names
from kikori.submission.format import Refused

BLOCK = 512
END = bytes(BLOCK)
USTAR = b"ustar\x0000"
FILE, OLD_FILE, LINK, FOLDER = b"0", b"\0", b"2", b"5"
PAX, PAX_GLOBAL = b"x", b"g"
OCTAL = re.compile(rb"[0-7]*")
DECIMAL = re.compile(rb"[0-9]{1,18}")
SECONDS = re.compile(rb"-?[0-9]{1,12}(\.[0-9]{1,20})?(e-[0-9]{1,3})?")
LENGTH = re.compile(rb"[1-9][0-9]{0,3} ")
USED = {b"path", b"linkpath", b"size", b"mtime", b"uid", b"gid"}
DROPPED = {b"uname", b"gname", b"atime", b"ctime", b"comment", b"hdrcharset"}
XATTR, SPARSE = b"SCHILY.xattr.", b"GNU.sparse."
MOST_KEYS = 32
LARGEST_ID = 2**32 - 2


class Damaged(ValueError):
    """Bytes that are no whole tar of the kind that is read."""


class Member(Record):
    """A file, a folder or a symbolic link of a tar; nothing of it is judged yet but its kind."""

    name: str
    """As it is written in the tar."""
    kind: bytes
    mode: int
    uid: int
    gid: int
    mtime: float
    link: str
    data: memoryview

    @property
    def path(self) -> str:
        """Its name without ``./`` before it and the slash after a folder; empty for the folder of all."""
        name = self.name[2:] if self.name.startswith("./") else self.name
        name = name.removesuffix("/") if self.kind == FOLDER else name
        return "" if name == "." else name


class _Header(NamedTuple):
    name: bytes
    mode: int
    uid: int
    gid: int
    size: int
    mtime: int
    kind: bytes
    link: bytes


def read_tar(data: bytes) -> Iterator[Member]:
    """Read a tar's members one after the other; their content is not copied.

    Raises:
        Refused: a member is of a kind, or has a record, that no submission has.
        Damaged: it is no whole tar.
    """
    blocks = _Blocks(data)
    header = blocks.header()
    if header and header.kind == PAX_GLOBAL:  # git's, with the name of the commit
        _records(blocks, header)
        header = blocks.header()
    while header:
        records: dict[bytes, bytes] = {}
        if header.kind == PAX:
            records, header = _records(blocks, header), blocks.header()
            if header is None:
                raise Damaged("it ends after the records of a member that is not there")
        yield _member(blocks, header, records)
        header = blocks.header()


class _Blocks:
    """The tar's bytes, taken from the front."""

    def __init__(self, data: bytes) -> None:
        self.view = memoryview(data)
        self.at = 0

    def take(self, size: int) -> memoryview:
        """Take so many bytes, and what fills their last block."""
        taken = self.view[self.at : self.at + size]
        if len(taken) < size:
            raise Damaged("it ends too early")
        self.at += -(-size // BLOCK) * BLOCK
        return taken

    def header(self) -> _Header | None:
        """Take a header; none at the end of the tar."""
        block = self.take(BLOCK).tobytes()
        return None if block == END else _header(block)


def _header(block: bytes) -> _Header:
    if block[257:265] != USTAR:
        raise Damaged("a header is not in the format of POSIX")
    if _octal(block[148:156]) != sum(block[:148]) + 8 * ord(" ") + sum(block[156:]):
        raise Damaged("the checksum of a header is wrong")
    name, prefix = block[:100].rstrip(b"\0"), block[345:500].rstrip(b"\0")
    return _Header(
        name=prefix + b"/" + name if prefix else name,
        mode=_octal(block[100:108]),
        uid=_octal(block[108:116]),
        gid=_octal(block[116:124]),
        size=_octal(block[124:136]),
        mtime=_octal(block[136:148]),
        kind=block[156:157],
        link=block[157:257].rstrip(b"\0"),
    )


def _octal(field: bytes) -> int:
    digits = field.strip(b" \0")
    if not OCTAL.fullmatch(digits):
        raise Damaged("a number in a header is not written in octal digits")
    return int(digits or b"0", 8)


def _records(blocks: _Blocks, header: _Header) -> dict[bytes, bytes]:
    """The pax records before a member."""
    if header.size > names.MOST_RECORDS:
        raise Damaged(f"{header.size} bytes of records before a member; at most {names.MOST_RECORDS} are read")
    data, at, found = blocks.take(header.size).tobytes(), 0, dict[bytes, bytes]()
    while at < len(data):
        length = LENGTH.match(data, at)
        record = data[length.end() : at + int(length[0])] if length else b""
        key, equals, value = record[:-1].partition(b"=")
        if not length or len(data) < at + int(length[0]) or record[-1:] != b"\n" or not equals or key in found:
            raise Damaged("a record before a member is cut off or there twice")
        found[key] = value
        if len(found) > MOST_KEYS:
            raise Damaged(f"more than {MOST_KEYS} records before a member")
        at += int(length[0])
    return found


def _member(blocks: _Blocks, header: _Header, records: dict[bytes, bytes]) -> Member:
    name = text(records.get(b"path", header.name))
    kind = FILE if header.kind == OLD_FILE else header.kind
    if kind not in (FILE, FOLDER, LINK) or any(key.startswith(SPARSE) for key in records):
        raise Refused(f"{told(name)} is neither a plain file, a folder nor a symbolic link")
    if strange := [key for key in records if key not in USED | DROPPED and not key.startswith(XATTR)]:
        raise Refused(f"{told(name)} has a record that no submission has: {told(text(strange[0]))}")
    size = _decimal(records, b"size", header.size, name)
    if size and kind != FILE:
        raise Refused(f"{told(name)} is no plain file, yet it has content")
    return Member(
        name=name,
        kind=kind,
        mode=header.mode & 0o7777,
        uid=_decimal(records, b"uid", header.uid, name),
        gid=_decimal(records, b"gid", header.gid, name),
        mtime=_seconds(records.get(b"mtime"), header.mtime, name),
        link=text(records.get(b"linkpath", header.link)) if kind == LINK else "",
        data=blocks.take(size),
    )


def _decimal(records: dict[bytes, bytes], key: bytes, other: int, name: str) -> int:
    value = records.get(key)
    if value is not None and not DECIMAL.fullmatch(value):
        raise Damaged(f"{told(name)} has an impossible {key.decode()}")
    number = other if value is None else int(value)
    if key != b"size" and number > LARGEST_ID:
        raise Damaged(f"{told(name)} has an impossible {key.decode()}")
    return number


def _seconds(value: bytes | None, other: int, name: str) -> float:
    if value is not None and not SECONDS.fullmatch(value):
        raise Damaged(f"{told(name)} has an impossible time")
    return other if value is None else float(value)


def text(name: bytes) -> str:
    """A name as text; bytes that are not UTF-8 survive it."""
    return name.decode("utf-8", "surrogateescape")


def told(name: str) -> str:
    """A name as a sentence has it: in quotes, without line breaks and escapes, and not without end."""
    return repr(name) if len(name) <= names.LONGEST_NAME else f"{name[:60]!r}…"
