"""Whatever is packed in a file is looked into, also one thing in the other, and never without a bound."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from base64 import b64encode, encodebytes, urlsafe_b64encode
from collections.abc import Callable

import pytest

from kikori.grading import is_packed, unpacked

KEY = b"AGE-SECRET-KEY-1" + b"Q" * 58


def archived(data: bytes, mode: str = "w") -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode=mode) as archive:  # type: ignore[call-overload]
        member = tarfile.TarInfo("restore/2025.key")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return whole.getvalue()


def zipped(*files: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, data in enumerate(files):
            archive.writestr(f"{number}.key", data)
    return whole.getvalue()


PACKED = [
    gzip.compress, bz2.compress, lzma.compress, zlib.compress, archived, zipped, lambda data: archived(data, "w:gz"),
    lambda data: archived(data, "w:xz"), lambda data: gzip.compress(archived(zipped(data))),
    lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
    lambda data: gzip.compress(b"before") + gzip.compress(data),
    lambda data: bz2.compress(b"before") + bz2.compress(data),
    lambda data: gzip.compress(gzip.compress(data)),
    lambda data: zipped(b"before", data),
    lambda data: zlib.compress(data, 1), lambda data: zlib.compress(data, 9),
]  # fmt: skip
WRITTEN: list[Callable[[bytes], bytes]] = [
    lambda data: b64encode(gzip.compress(data)) + b"\n",
    lambda data: urlsafe_b64encode(gzip.compress(data)),
    encodebytes,
    lambda data: gzip.compress(data).hex().encode(),
    lambda data: data.hex().upper().encode(),
]


@pytest.mark.parametrize("pack", PACKED)
def test_a_key_is_found_in_what_is_packed(pack: Callable[[bytes], bytes]) -> None:
    content = pack(KEY + b"\n")
    assert is_packed(content)
    assert any(KEY in one for one in unpacked(content))
    assert not any(KEY in one for one in unpacked(pack(b"another one\n" * 20)))


@pytest.mark.parametrize("write", WRITTEN)
def test_a_key_is_found_in_what_is_written_in_letters(write: Callable[[bytes], bytes]) -> None:
    assert any(KEY in one for one in unpacked(write(KEY)))


def test_of_a_stream_that_is_cut_short_is_given_what_could_be_read() -> None:
    whole = gzip.compress(KEY + bytes(range(256)) * 64)
    assert any(KEY in one for one in unpacked(whole[:-40]))


@pytest.mark.parametrize("broken", [zipped(KEY)[:40], b"age-encryption.org/v1\n", b""])
def test_what_is_no_archive_is_given_as_it_is(broken: bytes) -> None:
    assert [*unpacked(broken)] == [broken]


@pytest.mark.parametrize(
    "begin", [b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00", b"x\x9c", b"PK\x03\x04", bytes(257) + b"ustar", b"abcd" * 5]
)
def test_what_only_looks_packed_stops_nobody(begin: bytes) -> None:
    assert KEY not in b"".join(unpacked(begin + bytes(40)))


@pytest.mark.parametrize(
    "bomb",
    [
        gzip.compress(bytes(10**6)),
        gzip.compress(bytes(10**5)) * 10,
        zipped(*[bytes(10**5)] * 10),
        archived(bytes(10**6), "w:gz"),
        zipped(*[gzip.compress(bytes(10**5))] * 10),
    ],
)
def test_no_more_is_unpacked_than_was_asked_for(bomb: bytes) -> None:
    asked = 10**4
    assert sum(map(len, unpacked(bomb, asked))) <= len(bomb) + asked


def test_depth_has_an_end() -> None:
    nested = KEY
    for _ in range(5):
        nested = gzip.compress(nested)
    assert not any(KEY in one for one in unpacked(nested))
