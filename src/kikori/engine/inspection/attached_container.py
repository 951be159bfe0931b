"""A container of ours that lives as long as somebody holds its input: a grading that is killed leaves none behind."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, cast

PATIENCE = 10
"""Seconds for taking it away."""


class Attached:
    """``docker run --rm --interactive``, with its three streams; it has to end when its input does."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            ["docker", "run", "--rm", "--interactive", "--pull=never", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self._input = cast("IO[bytes]", self._process.stdin)
        self._output = cast("IO[bytes]", self._process.stdout)

    def _complaint(self) -> str:
        """What it, or the engine, said before it ended; waits for that."""
        return (self._process.stderr.read() if self._process.stderr else b"").decode("utf-8", "replace").strip()

    @property
    def is_there(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it, and wait until the engine has taken it away."""
        with suppress(OSError):
            self._input.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for stream in (self._process.stdout, self._process.stderr):
            if stream:
                stream.close()
