"""One set-up at a time: two calls must not install, start or bootstrap beside each other."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from kikori import paths


@contextmanager
def turn() -> Iterator[None]:
    """Wait for other set-ups of this user; the kernel frees the lock when its holder dies."""
    folder = paths.state()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "machine.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
