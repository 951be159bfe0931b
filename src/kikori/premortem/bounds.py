"""How much a setter's fault may write into a scene."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kikori.errors import KikoriError
from kikori.replay.resource_guard import excess, watched, written_by
from kikori.replay.verdict import NotAFix

MOST_WRITTEN = 512 * 2**20
"""Bytes, beside what the healthy scene has written."""


@contextmanager
def bounded(project: str) -> Iterator[None]:
    """Look after a scene while a setter's scripts run in it; for a process's main thread.

    Raises:
        KikoriError: they wrote more than they may.
        EnvironmentProblem: the machine runs short of disk or processes.
    """
    most = (written_by(project) or 0) + MOST_WRITTEN
    try:
        with watched(project, most):
            yield
        if problem := excess(project, most):  # what was written within a second
            raise problem
    except NotAFix:
        told = f"The fault writes more than {MOST_WRITTEN // 2**20} MiB into the scene, and was ended"
        raise KikoriError(f"{told}.", "a smaller one shows the same") from None
