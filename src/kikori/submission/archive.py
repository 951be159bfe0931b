"""Read members of a stranger's zip, whose table of contents was judged before."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from kikori.submission import format as names
from kikori.submission.format import Refused
from kikori.submission.zip_directory import SUBMISSION, Contents, judge_end, judge_table

T = TypeVar("T")

STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
"""Without an end too, or each quote of a text that is never closed would be tried."""
NO_BRACKETS = bytes({*range(256)} - {*b"[]{}"})


class Versioned(msgspec.Struct):
    """What every version of the manifest has."""

    format: int | str | None = None


@contextmanager
def opened(file: Path, contents: Contents = SUBMISSION) -> Iterator[zipfile.ZipFile]:
    """Open a file whose table of contents is as it may be.

    Raises:
        Refused: it is not; or what reads it raises something else, which becomes that.
    """
    if file.exists() and not file.is_file():  # a pipe would keep whoever opens it waiting, a device never ends
        raise Refused(f"not a whole {contents.suffix} file: no plain file at all")
    try:
        with file.open("rb") as data:
            end = judge_end(data, contents)
            with zipfile.ZipFile(data) as archive:
                judge_table(archive.infolist(), end, contents)
                yield archive
    except Refused:
        raise
    except MemoryError:
        raise Refused(f"needs more memory to be unpacked than {contents.what} may take") from None
    except Exception as problem:  # nobody has written down all that zipfile raises on a stranger's bytes
        raise Refused(f"not a whole {contents.suffix} file: {problem}") from None


def read_member(archive: zipfile.ZipFile, name: str, convert: Callable[[bytes], T]) -> T:
    """Make one member into what it stands for; no more is unpacked than the table of contents says.

    Raises:
        Refused: it is missing or damaged.
    """
    if name not in archive.namelist():
        raise Refused(f"{name} is missing")
    try:
        with archive.open(name) as file:
            return convert(file.read(archive.getinfo(name).file_size))
    except (Refused, MemoryError):
        raise
    except Exception as problem:  # nobody has written down what a damaged deflate or a decoder raises
        raise Refused(f"{name} is damaged: {problem}") from None


def decode_manifest(data: bytes, kind: type[T], version: int) -> T:
    """Decode a manifest of the format that is read here.

    Raises:
        Refused: another version of Kikori made it.
        ValueError: it is damaged.
    """
    _judge_nesting(data)
    found = msgspec.json.decode(data, type=Versioned).format
    if found != version:
        shown = repr(found)[:20]
        raise Refused(f"made by another version of Kikori (format {shown}; this one reads {version})")
    return msgspec.json.decode(data, type=kind)


def _judge_nesting(data: bytes) -> None:
    """Refuse brackets that are not closed, or more of them within one another than any record has.

    How deep is too deep for a decoder depends on its version. All other records have a type that says how deep they
    are; of a manifest that another version made, only one key is known.
    """
    brackets = STRING.sub(b"", data).translate(None, NO_BRACKETS)
    for _ in range(names.MOST_NESTING):
        if not brackets:
            return
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    if brackets:
        raise ValueError(f"brackets are not closed, or nested more than {names.MOST_NESTING} times")
