"""Replays spread over the workers of a Dask scheduler, each with an engine of its own."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kikori.errors import EnvironmentProblem, Exit
from kikori.review.alone import alone
from kikori.review.inbox import Handed, by_version
from kikori.review.verdict import Judged, Row, Verdict

PATIENCE = "10s"
LIVES = 3
"""So many workers may die over one submission before it is given up: by then it is more likely the cause."""


def spread(missing: Sequence[Handed], address: str, limit: float) -> Iterator[tuple[Handed, Judged]]:
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
                yield one, alone(one.file, one.name, limit)
        for group in by_version([one for one in missing if one.told]):  # two workers may share one engine
            running = {
                client.submit(
                    replayed, one.file.read_bytes(), one.name, one.judge, limit, pure=False, retries=LIVES
                ): one
                for one in group
            }
            for future in distributed.as_completed(running):
                yield running[future], _result(future, running[future].name)


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
        return _nothing(name, f"no worker could replay it: {type(problem).__name__}: {problem}")


def replayed(data: bytes, name: str, judge: str, limit: float) -> bytes:
    """On a worker: judge a submission by this machine's own copy of Kikori, which must be the same."""
    from kikori import machine

    machine.ready()
    with tempfile.TemporaryDirectory(prefix="kikori-handed-") as folder:
        file = Path(folder) / "handed.kikori"
        file.write_bytes(data)
        judged = alone(file, name, limit)
    if judge and judged.judge and judged.judge != judge:
        judged = _nothing(name, f"a worker has other labs or another Kikori: {judged.judge}, expected {judge}")
    return msgspec.json.encode(judged)


def _nothing(name: str, reason: str) -> Judged:
    return Judged(row=Row(file=name, verdict=Verdict.COULD_NOT_VERIFY, reason=reason, exit_code=Exit.ENVIRONMENT))
