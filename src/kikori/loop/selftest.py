"""``test``: the project's own tests, the same on a laptop and in CI."""

from __future__ import annotations

import subprocess
import sys

from kikori import machine, paths
from kikori.errors import Exit
from kikori.machine.browser import ensure_browser
from kikori.model.record import Record

WORKERS = "4"
SCENES = "7"
"""More than a small machine has cores: most of a lab's proof is waiting. None begins while the machine is full."""
PYTEST = [sys.executable, "-m", "pytest"]
NOTHING_CHOSEN = 5
"""pytest's exit code where its options leave no test of a phase."""


class Tested(Record):
    """How the tests ended."""

    exit_code: Exit


def selftest(options: list[str], *, fast: bool) -> Tested:
    """Run pytest over tests/; ``fast`` leaves out what needs Docker or a browser, or takes long.

    Browsers come when the labs' proofs are done, and what needs the engine for itself last, one by one.
    """
    if not fast:
        machine.ready()
        ensure_browser()
    whole = [
        ["-n", SCENES, "-m", "not alone and not browser and not quiet"],
        ["-n", "2", "-m", "browser and not alone"],
        ["-m", "alone and not quiet"],
    ]
    phases = [["-n", WORKERS, "-m", "not docker and not browser and not slow"]] if fast else whole
    codes = [subprocess.run([*PYTEST, *phase, *options], cwd=paths.ROOT, check=False).returncode for phase in phases]
    return Tested(exit_code=Exit.CHECK_FAILED if set(codes) - {0, NOTHING_CHOSEN} or 0 not in codes else Exit.DONE)
