"""One set-up at a time: two calls must not install, start or bootstrap beside each other."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from kikori import paths
from kikori.errors import EnvironmentProblem
from kikori.host import steps


@contextmanager
def turn() -> Iterator[None]:
    """Wait for other set-ups of this user; the kernel frees the lock when its holder dies."""
    with _open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            steps.say("another call is setting up this machine; waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _open() -> IO[str]:
    folder = paths.state()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / "machine.lock").open("a")
    except OSError as error:
        raise EnvironmentProblem(
            f"Can't write in {folder}: {error.strerror}", "export XDG_STATE_HOME=A_FOLDER_OF_YOURS"
        ) from error
