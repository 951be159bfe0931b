"""Replays spread over the workers of a Dask scheduler, each with an engine of its own."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from kikori.engine.images import passing_cache
from kikori.errors import EnvironmentProblem, Exit
from kikori.replay.verdict import Judged, unjudged
from kikori.replay.worker import in_own_process
from kikori.review.submissions import SubmittedFile, by_version

PATIENCE = "10s"
AHEAD = 2
"""Submissions for each thread of the workers that are handed out at a time."""
LIVES = 3
"""So many workers may die over one submission before it is given up: by then it is more likely the cause."""


def spread(missing: Sequence[SubmittedFile], address: str, limit: float) -> Iterator[tuple[SubmittedFile, Judged]]:
    """Replay on a scheduler's workers; a worker that dies has its work done again elsewhere.

    Raises:
        EnvironmentProblem: Dask is not installed, or nobody answers at the address.
    """
    distributed = _library()
    try:
        client = distributed.Client(address, timeout=PATIENCE)
    except (OSError, TimeoutError, ValueError) as problem:
        raise EnvironmentProblem(f"No Dask scheduler answers at {address}: {problem}", "dask scheduler") from None
    with client:
        print(f"kikori: the cluster's page: {client.dashboard_link}", file=sys.stderr)
        for one in missing:
            if one.told is None:  # a worker could not open it either
                yield one, in_own_process(one.file, one.name, limit)
        for group in by_version([one for one in missing if one.told]):  # two workers may share one engine
            yield from _in_window(group, distributed, client, limit)


def _in_window(
    group: Sequence[SubmittedFile], distributed: Any, client: Any, limit: float
) -> Iterator[tuple[SubmittedFile, Judged]]:
    """Replay a group, handing out no more than keeps the workers busy: a file is held in memory until it is judged."""
    rest, running, done = iter(group), dict[Any, SubmittedFile](), distributed.as_completed([])

    def begin() -> None:
        wanted = max(1, AHEAD * sum(client.nthreads().values()))  # of the workers that live now
        for one in islice(rest, max(0, wanted - len(running))):
            future = client.submit(
                replayed, one.file.read_bytes(), one.name, one.judge, limit, pure=False, retries=LIVES
            )
            running[future] = one
            done.add(future)

    begin()
    for future in done:
        one = running.pop(future)
        yield one, _result(future, one.name)
        begin()


def _library() -> Any:
    try:
        import distributed
    except ImportError:
        raise EnvironmentProblem("Dask is not installed here.", "pip install 'kikori[cluster]'") from None
    return distributed


def _result(future: Any, name: str) -> Judged:
    """What a worker found out; a row that says so where none lived long enough."""
    try:
        return msgspec.json.decode(future.result(), type=Judged)
    except Exception as problem:  # Dask hands on whatever ended the last of them
        return unjudged(name, f"no worker could replay it: {type(problem).__name__}: {problem}", Exit.ENVIRONMENT)


def replayed(data: bytes, name: str, judge: str, limit: float) -> bytes:
    """On a worker: judge a submission by this machine's own copy of Kikori, which must be the same."""
    from kikori import host

    host.ready()
    with tempfile.TemporaryDirectory(prefix="kikori-handed-") as folder:
        file = Path(folder) / "handed.kikori"
        file.write_bytes(data)
        with passing_cache():
            judged = in_own_process(file, name, limit)
    if judge and judged.judge and judged.judge != judge:
        told = f"a worker has other labs or another Kikori: {judged.judge}, expected {judge}"
        judged = unjudged(name, told, Exit.ENVIRONMENT)
    return msgspec.json.encode(judged)
