"""Folders and files that nobody else on the machine reads, whatever the umask is or was when they were made."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import IO

from kikori import paths

OTHERS = 0o077
"""What the group and everybody else may do."""


def narrow(place: Path, away: int = OTHERS) -> None:
    """Take away what others may do; what is not ours to change, or has gone, stays as it is."""
    with contextlib.suppress(OSError):
        mode = stat.S_IMODE(place.stat().st_mode)
        if mode & away:
            place.chmod(mode & ~away)


def private_folder(folder: Path) -> Path:
    """Make a folder, and those above it that are missing; the state folder and what is in it is narrowed, too."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
    _narrow_state(folder)
    return folder


def _narrow_state(folder: Path) -> None:
    """Narrow the state folder and what leads from it to a folder in it; others are not ours to narrow."""
    state = paths.state()
    for one in (folder, *folder.parents):
        if one == state or state in one.parents:
            narrow(one)


def private_file(file: Path, away: int = OTHERS) -> Path:
    """Make a file where there is none, before somebody makes a wider one, and narrow it."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    narrow(file, away)
    return file


def open_to_append(file: Path) -> IO[bytes]:
    """Open a file to read it and to write at its end."""
    return private_file(file).open("a+b")


def read_private(file: Path) -> bytes:
    """Read a file, and narrow it and its folders in the state folder.

    Raises:
        OSError: it can't be read.
    """
    found = file.read_bytes()
    narrow(file)
    _narrow_state(file.parent)
    return found
