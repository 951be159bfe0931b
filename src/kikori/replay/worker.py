"""One submission judged in a process of its own, which is ended when its time is over."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import msgspec

from kikori import paths
from kikori.errors import Exit
from kikori.replay.identity import Identity, belonging_to
from kikori.replay.verdict import Judged, unjudged

LIMIT = 600.0
"""Seconds; a tune lab's replay takes about two minutes, all others less than one."""
GRACE = 30.0
"""Seconds in which a replay that was told to end takes its scene down."""
EVERY = 1.0
JUDGE = "import sys; from kikori.replay import worker; worker.main(*sys.argv[1:])"
"""No module to run: each grading's process would load it once more (multiprocessing's ``_fixup_main_from_name``)."""
RUNNING: set[subprocess.Popen[bytes]] = set()
"""The judges at work; they hear no Ctrl+C, being no part of our process group."""


def in_own_process(file: Path, name: str, limit: float = LIMIT, identity: Identity | None = None) -> Judged:
    """Judge a submission elsewhere, as another user where one is named; whatever becomes of it, there is a row."""
    if identity is None:
        return _judged(file, name, limit, {"env": os.environ | {"PYTHONPATH": str(paths.ROOT / "src")}})
    with belonging_to(identity, file) as (own, options):
        return _judged(own, name, limit, options)


def _judged(file: Path, name: str, limit: float, options: dict[str, Any]) -> Judged:
    with subprocess.Popen(
        [sys.executable, "-P", "-c", JUDGE, str(file), name, str(os.getpid())],
        **options,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        RUNNING.add(process)
        try:
            said, complaint = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            return _late(name, limit)
        finally:
            _end(process)
            RUNNING.discard(process)
    try:
        return msgspec.json.decode(said, type=Judged)
    except msgspec.DecodeError:
        told = complaint.decode("utf-8", "replace").strip().splitlines() or [f"it ended with {process.returncode}"]
        return unjudged(name, f"Kikori could not review it: {told[-1]}", Exit.OUR_FAULT)


def stop() -> None:
    """Have all that run now take their scenes down and end: the review was interrupted, and what they find is lost."""
    for process in tuple(RUNNING):
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it in order, so that its scene goes too, and by force where that does not help."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(GRACE)


def _late(name: str, limit: float) -> Judged:
    reason = f"its replay took more than {limit:g} s and was ended; give it more with --limit"
    return unjudged(name, reason, Exit.CHECK_FAILED)


def _outlive_nobody(parent: int) -> None:
    """End in order once our review was killed: nobody is left who would end us when our time is over."""
    while os.getppid() == parent:
        time.sleep(EVERY)
    os.kill(os.getpid(), signal.SIGTERM)


def main(file: str, name: str, parent: str) -> None:
    """The other side: judge, and say it as JSON."""
    from kikori.content import Catalog
    from kikori.engine import Silent
    from kikori.engine.cleanup import mark
    from kikori.replay.judge import judge
    from kikori.replay.rebuild import PREFIX
    from kikori.replay.resource_guard import watched

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    threading.Thread(target=_outlive_nobody, args=(int(parent),), daemon=True).start()
    with watched(f"kikori-{mark(PREFIX)}"):
        judged = judge(Path(file), name, Catalog(), Silent())
    sys.stdout.buffer.write(msgspec.json.encode(judged))
