"""The process that graders run in, forked from one that has pytest loaded, and what it tells.

Loading pytest and its plugins is half of what a short grading costs, and a proof grades three times, a class of forty
some eighty times.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from kikori.model.record import Record

ONLY = "KIKORI_ONLY"
"""The one check that is asked, with what it needs; not set: all of them."""
USERS = "users"
"""In its place, and as a mark: the checks of what users get now, which a stop-gap may give them, too."""
RESULTS_FD = "KIKORI_RESULTS_FD"
"""The file descriptor that results are written to, one JSON object a line."""
ATTEMPT = "KIKORI_ATTEMPT"
"""Path of the attempt.json that is graded."""
ISOLATED = "KIKORI_ISOLATED"
"""``1`` in a replay, where no port is published."""
LOADED = ["pytest", "pytest_timeout", "requests", "docker", "kikori.grading.plugin"]
LOADED += [f"testinfra.modules.{name}" for name in ("command", "file", "process", "service", "socket", "user")]
MOST_MEMORY = 2 * 2**30
"""Bytes that a grader may take, and each program that it runs: what it reads of a stranger's service has no end."""
STANDARD = (1, 2)
"""Output and errors."""


class Grading(Record):
    """What a child is to do."""

    options: tuple[str, ...]
    """pytest's."""
    place: Path
    """The folder of the graders."""
    modules: tuple[Path, ...]
    """Folders of the lab's own modules."""
    environment: dict[str, str]
    """All of it."""
    output: Path
    """What it prints goes there, since a full pipe would hold it up."""


@cache
def _nursery() -> ForkServerContext:
    """Where children come from: one process for as long as ours lives, which begins with the first of them."""
    context = get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    return context


@contextmanager
def child(grading: Grading) -> Iterator[tuple[BaseProcess, Iterator[bytes]]]:
    """A child at work, and what it tells, line by line; it is gone afterwards with all that it began."""
    reading, writing = _nursery().Pipe(duplex=False)
    process = _nursery().Process(target=_work, args=(grading, writing))
    process.start()
    writing.close()
    try:
        with reading, os.fdopen(os.dup(reading.fileno()), "rb") as lines:
            yield process, iter(lines)
    finally:
        end(process)
        process.join()
        process.close()


def end(process: BaseProcess) -> None:
    """End a child and all that it began."""
    process.kill()  # it may not lead a group of its own yet
    with suppress(ProcessLookupError, PermissionError):  # nothing is left of it
        if process.pid:
            os.killpg(process.pid, signal.SIGKILL)


def _work(grading: Grading, writing: Connection) -> None:
    """The child's side: become what ``python -m pytest`` would be in the folder of the graders, and run it."""
    os.setsid()
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))  # not RLIMIT_AS: docker reserves more than it takes
    output = os.open(grading.output, os.O_WRONLY | os.O_APPEND)
    for stream in STANDARD:
        os.dup2(output, stream)
    os.chdir(grading.place)
    os.environ.clear()
    os.environ.update(grading.environment | {RESULTS_FD: str(writing.fileno())})
    sys.argv[:] = ["pytest", *grading.options]
    sys.path[:0] = map(str, (grading.place, *grading.modules))
    sys.dont_write_bytecode = True

    import pytest

    pytest.main([*grading.options])
