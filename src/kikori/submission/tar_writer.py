"""Write a stranger's tar to this machine, through directory descriptors.

The members were judged by their names; the descriptors see to it that a mistake there would still write nothing
outside: each folder is opened from the one above it, no link is followed, and no file is written that is there.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from kikori.submission import format as names
from kikori.submission.format import Refused
from kikori.submission.members import judge_for_host
from kikori.submission.tar_reader import FOLDER, LINK, Member, read_tar

OPEN_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
MODES = 0o755
"""Bits that a file may have: nobody else writes it, and it runs as nobody else."""


def host_members(data: bytes) -> list[Member]:
    """The members of a tar, judged for this machine.

    Raises:
        Refused: it holds what may not be written here.
        Damaged: it is no whole tar.
    """
    members: list[Member] = []
    for member in read_tar(data):
        if len(members) >= names.MOST_FILES:
            raise Refused(f"more than {names.MOST_FILES} files")
        members.append(member)
    judge_for_host(members)
    return members


def write_members(members: Sequence[Member], folder: Path) -> None:
    """Write members that were judged into a folder that is not there yet; all of them, or none.

    Raises:
        OSError: a name is taken, a link stands in the way, or the disk is full.
    """
    folder.mkdir(parents=True)
    try:
        root = os.open(folder, OPEN_FOLDER)
        try:
            for member in sorted(members, key=lambda member: member.kind == LINK):  # no link is there while we walk
                _write(member, root)
        finally:
            os.close(root)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _write(member: Member, root: int) -> None:
    *above, name = parts = member.path.encode("utf-8", "surrogateescape").split(b"/")
    if {*parts} & {b"", b".", b".."}:
        raise OSError(errno.EINVAL, "a name that leads elsewhere")
    with _folder(root, parts if member.kind == FOLDER else above) as folder:
        if member.kind == LINK:
            os.symlink(member.link.encode("utf-8", "surrogateescape"), name, dir_fd=folder)
        elif member.kind != FOLDER:
            _write_file(member, name, folder)


@contextmanager
def _folder(root: int, parts: Sequence[bytes]) -> Iterator[int]:
    """Open a folder below another, made where it is not there; no link is followed."""
    here = os.dup(root)
    try:
        for part in parts:
            with suppress(FileExistsError):
                os.mkdir(part, dir_fd=here)
            below = os.open(part, OPEN_FOLDER, dir_fd=here)
            os.close(here)
            here = below
        yield here
    finally:
        os.close(here)


def _write_file(member: Member, name: bytes, folder: int) -> None:
    mode = member.mode & MODES | 0o600
    with os.fdopen(os.open(name, NEW_FILE, 0o600, dir_fd=folder), "wb") as file:
        file.write(member.data)
        file.flush()
        os.fchmod(file.fileno(), mode if mode & 0o100 else mode & ~0o111)
        os.utime(file.fileno(), (member.mtime, member.mtime))
