"""Zips changed byte by byte, so that readers of them could disagree."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from .parts import Members, written

Bytes = Callable[[bytearray], bytes | bytearray]
LOCAL, CENTRAL, END, END_64 = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x07"
LOCAL_LENGTH, CENTRAL_LENGTH, END_LENGTH = 30, 46, 22


def rewritten(change: Bytes) -> Callable[[Members, Path], object]:
    """A good submission whose bytes are changed when it is written."""
    return lambda members, file: file.write_bytes(change(bytearray(written(members, file).read_bytes())))


def centrals(data: bytearray) -> list[int]:
    """Where each row of the table of contents begins."""
    (at,) = struct.unpack_from("<L", data, len(data) - 6)
    found = []
    while data[at : at + 4] == CENTRAL:
        found.append(at)
        at += CENTRAL_LENGTH + sum(struct.unpack_from("<3H", data, at + 28))
    return found


def named(data: bytearray, name: bytes) -> tuple[int, int]:
    """Where a member's own header begins, and its row in the table of contents."""
    row = next(at for at in centrals(data) if data[at + CENTRAL_LENGTH :].startswith(name))
    return struct.unpack_from("<L", data, row + 42)[0], row


def field(name: bytes, at: int, value: int, form: str = "<H") -> Bytes:
    """Another number in a member's row of the table of contents."""

    def change(data: bytearray) -> bytearray:
        struct.pack_into(form, data, named(data, name)[1] + at, value)
        return data

    return change


def renamed(old: bytes, new: bytes, *, local: bool = True, row: bool = True) -> Bytes:
    """Another name of the same length, in a member's own header, in its row, or in both."""

    def change(data: bytearray) -> bytearray:
        header, table = named(data, old)
        for wanted, at in ((local, header + LOCAL_LENGTH), (row, table + CENTRAL_LENGTH)):
            if wanted:
                data[at : at + len(new)] = new
        return data

    return change


def counted(number: int) -> Bytes:
    """An end that counts another number of members than there are."""
    return lambda data: data[: -END_LENGTH + 8] + struct.pack("<2H", number, number) + data[-END_LENGTH + 12 :]


def on_disk(data: bytearray) -> bytearray:
    """The last part of an archive of many."""
    return data[: -END_LENGTH + 4] + struct.pack("<2H", 3, 3) + data[-END_LENGTH + 8 :]


def large(data: bytearray) -> bytearray:
    """The sign of another table, as archives of more than four gigabytes have it."""
    end = data[-END_LENGTH:]
    table = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 46, 0)
    return data[:-END_LENGTH] + table + struct.pack("<4sLQL", END_64, 0, len(data) - END_LENGTH, 1) + end


def commented(data: bytearray) -> bytearray:
    """A comment that is an archive of its own."""
    return data[:-2] + struct.pack("<H", len(data)) + data


def beside(name: bytes, kind: int, value: bytes) -> Bytes:
    """A record beside a member's name in the table of contents, which some readers heed and others do not."""

    def change(data: bytearray) -> bytearray:
        row = named(data, name)[1]
        more = struct.pack("<2H", kind, len(value)) + value
        data[row + CENTRAL_LENGTH + len(name) : row + CENTRAL_LENGTH + len(name)] = more
        struct.pack_into("<H", data, row + 30, len(more))
        (length,) = struct.unpack_from("<L", data, len(data) - 10)
        struct.pack_into("<L", data, len(data) - 10, length + len(more))
        return data

    return change


def other_name(name: bytes, told: bytes) -> Bytes:
    """The record that tells a member's name once more, in Unicode."""
    return beside(name, 0x7075, b"\x01" + struct.pack("<L", zipfile.crc32(name)) + told)  # type: ignore[attr-defined]


def overlapping(members: Members, file: Path) -> None:
    """Two hundred members that are all the same bytes of the archive (a bomb without nesting)."""
    data = bytearray(written(members | {"volumes/a000.tar": bytes(2 * 2**20)}, file).read_bytes())
    _, row = named(data, b"volumes/a000.tar")
    start, rows = data[:-END_LENGTH], len(centrals(data))
    one = bytes(data[row : row + CENTRAL_LENGTH + 16])
    more = b"".join(one.replace(b"a000", b"a%03d" % number) for number in range(1, 150))
    (length, begin) = struct.unpack_from("<2L", data, len(data) - 10)
    end = struct.pack("<4s4H2LH", END, 0, 0, rows + 149, rows + 149, length + len(more), begin, 0)
    file.write_bytes(start + more + end)
