"""Whatever is packed on the vault of restore-drill is looked into, also one thing in the other."""

from __future__ import annotations

import bz2
import gzip
import importlib.util
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from types import ModuleType

import pytest

from kikori import paths

KEY = b"AGE-SECRET-KEY-1" + b"Q" * 58


@pytest.fixture(scope="module")
def packed() -> ModuleType:
    spec = importlib.util.spec_from_file_location("packed_files", paths.ROOT / "graders/restore-drill/packed.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def archived(data: bytes, mode: str = "w") -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode=mode) as archive:  # type: ignore[call-overload]
        member = tarfile.TarInfo("restore/2025.key")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return whole.getvalue()


def zipped(data: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("2025.key", data)
    return whole.getvalue()


@pytest.mark.parametrize(
    "pack",
    [
        gzip.compress, bz2.compress, lzma.compress, archived, zipped, lambda data: archived(data, "w:gz"),
        lambda data: archived(data, "w:xz"), lambda data: gzip.compress(archived(zipped(data))),
    ],
)  # fmt: skip
def test_a_key_is_found_in_what_is_packed(packed: ModuleType, pack: Callable[[bytes], bytes]) -> None:
    content = pack(KEY + b"\n")
    assert packed.is_packed(content)
    assert any(KEY in one for one in packed.contents(content))


def test_what_is_cut_short_or_no_archive_is_taken_as_it_is(packed: ModuleType) -> None:
    broken = zipped(KEY)[:40]
    assert [*packed.contents(broken)] == [broken]
    assert not packed.is_packed(b"age-encryption.org/v1\n")
