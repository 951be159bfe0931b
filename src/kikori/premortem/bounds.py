"""How much a setter's fault may write into a scene, and how long it may take."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from kikori.errors import KikoriError
from kikori.replay.resource_guard import excess, watched, written_by
from kikori.replay.verdict import NotAFix

MOST_WRITTEN = 512 * 2**20
"""Bytes, beside what the healthy scene has written."""
MOST_SECONDS = 900.0
"""To put it in and look at it; a build of the workspace has no limit of its own."""
SMALLER = "a smaller one shows the same"


@contextmanager
def bounded(project: str, seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Look after a scene while a setter's fault is put in; for a process's main thread.

    Raises:
        KikoriError: it wrote more, or took longer, than it may.
        EnvironmentProblem: the machine runs short of disk or processes.
    """
    most = (written_by(project) or 0) + MOST_WRITTEN
    try:
        with within(seconds), watched(project, most):
            yield
        if problem := excess(project, most):  # what was written within a second
            raise problem
    except NotAFix:
        told = f"The fault writes more than {MOST_WRITTEN // 2**20} MiB into the scene, and was ended"
        raise KikoriError(f"{told}.", SMALLER) from None


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """End what takes longer; for a process's main thread.

    Raises:
        KikoriError: it did.
    """

    def late(*_: object) -> None:
        raise KikoriError(f"The fault took more than {seconds:g} s, and was ended.", SMALLER)

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
