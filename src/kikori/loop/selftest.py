"""``test``: the project's own tests, the same on a laptop and in CI."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kikori import machine, paths
from kikori.errors import Exit
from kikori.machine.browser import ensure_browser
from kikori.machine.packages import ensure
from kikori.model.record import Record

WORKERS = "4"
SCENES = "7"
"""More than a small machine has cores: most of a lab's proof is waiting. None begins while the machine is full."""
FAILED, NOTHING_CHOSEN = 1, 5
"""pytest's exit codes where tests failed, and where its options leave no test of a phase."""
FEW = 6
"""Failed tests that are run again, alone; more of them are no bad luck."""
TIME_WAIT = Path("/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_time_wait")
SECONDS = "10"
WHOLE = (
    ("-n", SCENES, "-m", "not alone and not browser and not quiet"),
    ("-n", "2", "-m", "browser and not alone"),
    ("-n", "2", "-m", "quiet and not browser and not alone"),
    ("-m", "alone"),
)
FAST = (("-n", WORKERS, "-m", "not docker and not browser and not slow"),)


class Suite(Record):
    """How the tests ended."""

    exit_code: Exit
    only_alone: tuple[str, ...] = ()
    """Tests that failed beside others and passed when nothing else ran: each is worth a look."""


def selftest(options: list[str], *, fast: bool) -> Suite:
    """Run pytest over tests/; ``fast`` leaves out what needs Docker or a browser, or takes long.

    Browsers come when the labs' proofs are done, then what benchmarks a tune lab, two at a time, and what needs the
    engine for itself last, one by one. A few tests that failed on the full machine run once more, alone, and are told
    of (docs/adr/0016).
    """
    if not fast:
        machine.ready()
        ensure_browser()
        ensure("shellcheck", "the tests of lint")
    with tempfile.TemporaryDirectory(prefix="kikori-test-") as folder, forgetting():
        codes = {_pytest(folder, [*phase, *options]) for phase in (FAST if fast else WHOLE)}
        failed = _failed(folder)
        if codes <= {0, FAILED, NOTHING_CHOSEN} and 0 < len(failed) <= FEW:
            passed = _pytest(folder, ["--last-failed", "--last-failed-no-failures=none"]) == 0
            return Suite(exit_code=Exit.DONE, only_alone=failed) if passed else Suite(exit_code=Exit.CHECK_FAILED)
    return Suite(exit_code=Exit.CHECK_FAILED if codes - {0, NOTHING_CHOSEN} or 0 not in codes else Exit.DONE)


@contextmanager
def forgetting() -> Iterator[None]:
    """Let the kernel forget a closed connection after ten seconds, not after two minutes, where we may ask it to.

    dockerd goes through all that it remembers whenever a container comes or goes (libnetwork's
    ``clearConntrackEntries``): with the ten thousand that our labs leave, that was a third of its work.
    """
    try:
        before = TIME_WAIT.read_text()
        TIME_WAIT.write_text(SECONDS)
    except OSError:
        yield
        return
    try:
        yield
    finally:
        TIME_WAIT.write_text(before)


def _pytest(folder: str, options: Sequence[str]) -> int:
    argv = [sys.executable, "-m", "pytest", "-o", f"cache_dir={folder}", *options]
    return subprocess.run(argv, cwd=paths.ROOT, check=False).returncode


def _failed(folder: str) -> tuple[str, ...]:
    """What failed in any phase, as pytest remembers it for ``--last-failed``."""
    found = Path(folder, "v", "cache", "lastfailed")
    return tuple(json.loads(found.read_text(encoding="utf-8"))) if found.is_file() else ()
