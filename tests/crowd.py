"""A computer on which other programs want the processors."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def crowded(times: int = 4) -> Iterator[None]:
    """A computer on which so many programs for each processor never rest."""
    spin = [sys.executable, "-c", "while True: pass"]
    busy = [subprocess.Popen(spin) for _ in range(times * (os.cpu_count() or 1))]
    try:
        time.sleep(0.5)
        yield
    finally:
        for one in busy:
            one.kill()
            one.wait()
