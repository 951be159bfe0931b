"""``test``: the project's own tests, the same on a laptop and in CI."""

from __future__ import annotations

import subprocess
import sys

from kikori import machine, paths
from kikori.errors import Exit
from kikori.model.record import Record

WORKERS = "3"
"""More than a small machine has cores: most of a lab's proof is waiting for its services."""


class Tested(Record):
    """How the tests ended."""

    exit_code: Exit


def selftest(options: list[str], *, fast: bool) -> Tested:
    """Run pytest over tests/; ``fast`` leaves out what needs Docker. Its summary is the last that is printed."""
    if not fast:
        machine.ready()
    marker = ["-m", "not docker"] if fast else []
    argv = [sys.executable, "-m", "pytest", "-n", WORKERS, *marker, *options]
    done = subprocess.run(argv, cwd=paths.ROOT, check=False)
    return Tested(exit_code=Exit.DONE if done.returncode == 0 else Exit.CHECK_FAILED)
