"""Which lessons the learner has read: one small file in the state folder, for every browser that comes."""

from __future__ import annotations

import fcntl
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from kikori import paths
from kikori.attempts.atomic_files import write_whole
from kikori.attempts.private_files import open_to_append, private_folder, read_private
from kikori.errors import EnvironmentProblem
from kikori.model.record import Record

Pages = dict[str, float]
"""Lessons as course/module/lesson, each with the time when it was read, in seconds since 1970."""


class Reading(Record):
    """The file."""

    pages: Pages = {}
    format: int = 1


def file() -> Path:
    """Where it is kept."""
    return paths.state() / "reading.json"


def pages_read() -> Pages:
    """Read what was read; a damaged file is set aside and told."""
    try:
        return msgspec.json.decode(read_private(file()), type=Reading).pages
    except FileNotFoundError:
        return {}
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        aside = file().with_name("reading.damaged.json")
        file().replace(aside)
        print(f"kikori: {file()} was damaged ({problem}); set aside as {aside.name}", file=sys.stderr)
        return {}


def mark(page: str, *, read: bool) -> Pages:
    """Note that a lesson was read, or is to be read again; gives all that are read.

    Raises:
        EnvironmentProblem: the state folder can't be written.
    """

    def change(pages: Pages) -> Pages:
        others = {name: at for name, at in pages.items() if name != page}
        return others | ({page: pages.get(page, time.time())} if read else {})

    return _changed(change)


def forget() -> Pages:
    """Forget what was read.

    Raises:
        EnvironmentProblem: the state folder can't be written.
    """
    return _changed(lambda pages: {})


def _changed(change: Callable[[Pages], Pages]) -> Pages:
    """Change the file, one after the other: two windows may do it at once."""
    try:
        with open_to_append(private_folder(paths.state()) / "reading.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            found = change(pages_read())
            write_whole(file(), msgspec.json.format(msgspec.json.encode(Reading(pages=found)), indent=1))
    except OSError as problem:
        raise EnvironmentProblem(f"{file()}: can't be written: {problem.strerror}", "df -h ~") from None
    return found
