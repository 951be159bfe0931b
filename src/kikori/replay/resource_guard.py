"""An eye on what a replay takes from the machine: it is ended before it has filled the disk or the process table.

Memory and processes of a service have limits of their own; a disk has none in Docker, and a build has none at all.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

from kikori.engine.cleanup import LABEL
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.host import endpoint
from kikori.replay.verdict import NotAFix
from kikori.submission import Submission, unpack

MOST_WRITTEN = 3 * 2**30
"""Bytes that one replay may write into its containers and volumes; the largest lab's data is a third of it."""
LEAST_FREE = 2 * 2**30
"""Bytes that must stay free on the engine's disk; what was deleted and is still open is seen by them alone."""
MOST_PROCESSES = 6000
"""So many more processes than at the beginning are no class's work any more."""
MOST_MEMORY = 2 * 2**30
"""Bytes that a process may take beside what it has, to unpack one submission; the largest that is one takes half."""
EVERY = 0.25
SIZES_EVERY = 3.0
PROC = Path("/proc")


@contextmanager
def watched(prefix: str, most: float = MOST_WRITTEN) -> Iterator[None]:
    """Look after the scenes of the projects whose names begin so; for a process's main thread.

    ``most`` is how many bytes they may write.

    Raises:
        NotAFix: they wrote more than a replay may.
        EnvironmentProblem: the machine runs short of disk or processes while they run, whosever they are.
    """
    over = threading.Event()
    problems: list[KikoriError] = []

    def end(number: int, frame: FrameType | None) -> None:
        if not over.is_set():
            over.set()
            raise problems[0]

    before = signal.signal(signal.SIGUSR1, end)
    threading.Thread(target=_look, args=(prefix, most, over, problems), daemon=True).start()
    try:
        yield
    finally:
        over.set()
        signal.signal(signal.SIGUSR1, before if before is not None else signal.SIG_DFL)


def _look(prefix: str, most: float, over: threading.Event, problems: list[KikoriError]) -> None:
    began, looked = processes(), time.monotonic()
    while not over.wait(EVERY):
        problem: KikoriError | None = shortage(began)
        if problem is None and time.monotonic() - looked > SIZES_EVERY:
            problem, looked = excess(prefix, most), time.monotonic()
        if problem is not None:
            problems.append(problem)
            os.kill(os.getpid(), signal.SIGUSR1)
            return


@contextmanager
def bounded_memory(most: int) -> Iterator[None]:
    """Bound what this process may take beside what it has; beyond it there is a ``MemoryError``."""
    before, hard = resource.getrlimit(resource.RLIMIT_AS)
    try:
        pages = int((PROC / "self" / "statm").read_text().split()[0])
    except OSError:  # no Linux; what is unpacked has bounds of its own
        yield
        return
    wanted = [pages * resource.getpagesize() + most, *(one for one in (before, hard) if one != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_AS, (min(wanted), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, hard))


def unpacked(file: Path) -> Submission:
    """Read a stranger's file whole, in bounded memory.

    Raises:
        Refused: as ``unpack``, or it takes more memory.
    """
    with bounded_memory(MOST_MEMORY):
        return unpack(file)


def shortage(began: int) -> EnvironmentProblem | None:
    """What the machine runs short of; ``began`` is how many processes it had."""
    if processes() - began > MOST_PROCESSES:
        return EnvironmentProblem("the machine had thousands of new processes during its replay, which was ended")
    free = disk_free()
    if free is not None and free < LEAST_FREE:
        return EnvironmentProblem("the engine's disk ran full during its replay, which was ended", "docker system df")
    return None


def written_by(prefix: str) -> int | None:
    """Count the bytes in containers and volumes; nothing where the engine is too busy to say."""
    try:
        return sum(_containers(prefix)) + sum(_volumes(prefix))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def excess(prefix: str, most: float = MOST_WRITTEN) -> NotAFix | None:
    """What a replay has written too much of; nothing where the engine is too busy to say."""
    written = written_by(prefix)
    if written is None or written <= most:
        return None
    size = f"{written / 2**30:.1f} GiB"
    return NotAFix(
        f"it wrote {size}, more than a replay may; its replay was ended",
        f"{size} を書き込み、再現で書き込める量を超えたので、再現を打ち切った",
    )


def processes() -> int:
    """How many processes this machine has; none where it does not tell."""
    try:
        return sum(path.name.isdigit() for path in PROC.iterdir())
    except OSError:
        return 0


def disk_free() -> int | None:
    """Bytes that the engine's disk has left; ``None`` where that is another machine's."""
    if endpoint.socket_path() is None:
        return None
    try:
        return shutil.disk_usage(_root()).free
    except (OSError, ValueError, KeyError):
        return None


@cache
def _root() -> str:
    return str(_asked("/info")["DockerRootDir"])


def _containers(prefix: str) -> Iterator[int]:
    """Bytes in the writable layer of each container."""
    for row in _asked("/containers/json?all=1"):
        if (row["Labels"] or {}).get(LABEL, "").startswith(prefix):
            filters = quote(json.dumps({"id": [row["Id"]]}))
            yield sum(one.get("SizeRw") or 0 for one in _asked(f"/containers/json?all=1&size=1&filters={filters}"))


def _volumes(prefix: str) -> Iterator[int]:
    """Bytes in each volume."""
    for row in _asked("/v1.42/system/df?type=volume")["Volumes"] or ():
        if row["Name"].startswith(prefix):
            yield row["UsageData"]["Size"]


def _asked(path: str) -> Any:
    return json.loads(endpoint.ask(path).body)
