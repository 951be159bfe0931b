"""Room on the machine for one more scene: most of a proof is waiting, but on a full machine services are late."""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from pathlib import Path

import psutil

BUSY = 85.0
"""Percent of all processors from which on nothing new begins."""
LOOK = 1.0
"""Seconds over which that is measured; whoever began just before is seen in it."""
PATIENCE = 60.0
"""Seconds after which it begins all the same."""


def find() -> None:
    """Wait until there is room, one after the other; whoever is the only one has it."""
    if int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) < 2:
        return
    with Path(tempfile.gettempdir(), "kikori-tests-room.lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        until = time.monotonic() + PATIENCE
        while psutil.cpu_percent(LOOK) > BUSY and time.monotonic() < until:
            pass
