"""Judge a zip's table of contents: its end by hand, before ``zipfile`` reads what may be gigabytes of it."""

from __future__ import annotations

import os
import re
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import IO, NamedTuple

from kikori.submission import format as names
from kikori.submission.format import Refused
from kikori.submission.tar_reader import told

TABLE_END = struct.Struct("<4s4H2LH")
END, LARGE = b"PK\x05\x06", b"PK\x06\x07"
LARGE_LENGTH = 20
"""Bytes of the sign, right before the end, that another table counts."""
FLAGS = 0x6 | 0x8 | 0x800
"""How well it is packed, that its sizes follow it, and that its name is UTF-8; all others change what is read."""
BESIDE = (0x5455, 0x7875)
"""Records beside a name that say when it was written and whose it was. Others name it anew, and not for all readers."""
PLAIN = (0, stat.S_IFREG)
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The others can't be unpacked piece by piece, so a few bytes could fill the memory."""


class Contents(NamedTuple):
    """What a kind of file may hold."""

    what: str
    """As a sentence has it."""
    suffix: str
    known: re.Pattern[str]
    """The names of its members."""
    most_of: Callable[[str], int]
    """Bytes of a member, unpacked."""
    most_bytes: int
    """Of all together."""


class TableEnd(NamedTuple):
    """What the end of a file says of it."""

    packed: int
    """The file's size."""
    members: int


def _most_of(name: str) -> int:
    if name == names.MANIFEST:
        return names.MOST_MANIFEST
    if name == names.WORKSPACE:
        return 2 * names.MOST_WORKSPACE_BYTES
    return names.MOST_BYTES if name.endswith(".tar") else names.MOST_TEXT


SUBMISSION = Contents(
    what="a submission",
    suffix=names.SUFFIX,
    known=re.compile(
        rf"({names.MANIFEST}|{names.EVENTS}|{names.TRAIL}|{names.REPORTS}|{names.LAB_EVENTS}"
        rf"|{names.EXPLANATION}|{names.WORKSPACE}|{names.SERVICES}/[a-z0-9][a-z0-9_-]*\.(json|tar)|{names.VOLUMES}/[a-z0-9][a-z0-9_.-]*\.tar)"
    ),
    most_of=_most_of,
    most_bytes=names.MOST_BYTES,
)


def judge_end(file: IO[bytes], contents: Contents = SUBMISSION) -> TableEnd:
    """Refuse a file that does not end in a table of contents of bounded length.

    Raises:
        Refused: says how the end differs from what ``pack`` writes.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - TABLE_END.size - LARGE_LENGTH))
    tail = file.read()
    file.seek(0)
    if len(tail) < TABLE_END.size or not tail[-TABLE_END.size :].startswith(END):
        raise Refused(f"not a whole {contents.suffix} file: no table of contents at its end")
    _, *disks, here, count, length, start, comment = TABLE_END.unpack(tail[-TABLE_END.size :])
    if count > names.MOST_MEMBERS:
        raise Refused(f"{count} members; {contents.what} has at most {names.MOST_MEMBERS}")
    one = not any(disks) and here == count
    if tail.startswith(LARGE) or not one or comment or start + length + TABLE_END.size != size:
        raise Refused(f"not a whole {contents.suffix} file: its table of contents is not as {contents.what} has it")
    if length > names.MOST_TABLE:
        raise Refused(f"a table of contents of {length} bytes; {contents.what} has at most {names.MOST_TABLE}")
    return TableEnd(packed=size, members=count)


def judge_table(members: Sequence[zipfile.ZipInfo], end: TableEnd, contents: Contents = SUBMISSION) -> None:
    """Refuse by the table of contents alone, before a byte is unpacked.

    A name is judged as it stands in the file: what ``zipfile`` makes of it depends on its version.

    Raises:
        Refused: names the member where it is one.
    """
    if len(members) > names.MOST_MEMBERS:
        raise Refused(f"{len(members)} members; {contents.what} has at most {names.MOST_MEMBERS}")
    if len(members) != end.members:
        told_by = "its end counts other members than its table of contents has"
        raise Refused(f"not a whole {contents.suffix} file: {told_by}")
    if len({member.orig_filename for member in members}) != len(members):
        raise Refused("two members of one name")
    for member in members:
        _judge_member(member, contents)
    total = sum(member.file_size for member in members)
    if total > contents.most_bytes:
        raise Refused(f"{total} bytes unpacked; {contents.what} has at most {contents.most_bytes}")
    for member in members:
        if member.file_size > (most := contents.most_of(member.orig_filename)):
            raise Refused(f"{member.orig_filename} is {member.file_size} bytes; at most {most} are read")
        if not {*_beside(member.extra)} <= {*BESIDE}:
            raise Refused(f"{member.orig_filename} has a record beside its name that {contents.what} does not use")
    packed = end.packed
    if total > max(names.FREE_BYTES, names.MOST_RATIO * packed):
        raise Refused(f"{total} bytes unpacked of {packed}; more than {names.MOST_RATIO} times as many are not read")


def _judge_member(member: zipfile.ZipInfo, contents: Contents) -> None:
    if not contents.known.fullmatch(member.orig_filename):
        raise Refused(f"{told(member.orig_filename)} is no member of {contents.what}")
    if stat.S_IFMT(member.external_attr >> 16) not in PLAIN:
        raise Refused(f"{member.orig_filename} is a link or no file at all; {contents.what} has plain files alone")
    if member.flag_bits & ~FLAGS or member.compress_type not in METHODS:
        raise Refused(f"{member.orig_filename} is encrypted or packed in a way that {contents.what} does not use")


def _beside(extra: bytes) -> Iterator[int]:
    """The kinds of the records beside a name."""
    while extra:
        kind, length = struct.unpack("<2H", extra[:4].ljust(4, b"\xff"))
        yield kind
        extra = extra[4 + length :]
