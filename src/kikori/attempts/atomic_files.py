"""Files that are whole or not there: atomic writes, and logs of which a torn last line is forgiven."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TypeVar

import msgspec

from kikori.attempts.private_files import open_to_append, private_folder, read_private

T = TypeVar("T")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a power cut, finds the old one or the new one, never half of one."""
    private_folder(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def append_line(path: Path, record: msgspec.Struct) -> None:
    """Add a record to a log of JSON lines; a last line that a power cut tore is ended first."""
    with open_to_append(path) as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            torn = file.read(1) != b"\n"
            file.write(b"\n" if torn else b"")
        file.write(msgspec.json.encode(record) + b"\n")


def read_lines(path: Path, kind: type[T]) -> list[T]:
    """The records of a log; lines that are damaged are passed over."""
    decoder = msgspec.json.Decoder(kind)
    found: list[T] = []
    for line in read_private(path).splitlines() if path.is_file() else []:
        try:
            found.append(decoder.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue  # the write was cut off; what came before still counts
    return found
