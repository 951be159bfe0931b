"""Carrying out a change: a script in a service or in the workspace, or files or a patch laid over the workspace."""

from __future__ import annotations

import os
import selectors
import shutil
import subprocess
import time
from pathlib import Path

from kikori.errors import OurFault
from kikori.model import Change

# A break, fix or trap that takes longer than this is stuck, in seconds.
PATIENCE = 120
KILLED = 137
"""What ``docker exec`` ends with when its container ended under it (128 + SIGKILL)."""
GRACE = 10
"""How long the engine may take to note that, in seconds."""
MOST_SAID = 4096
"""Bytes of a script's output that are kept, the last ones: one that never stops talking fills no memory."""


def lay_over(folder: Path, workspace: Path) -> None:
    """Copy an overlay's files over the workspace."""
    shutil.copytree(folder, workspace, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".change"))


def apply_patch(change: Change, workspace: Path, *, back: bool = False) -> None:
    """Apply a unified diff to the workspace, or take it ``back``: all of it, where it says, and nowhere else.

    Raises:
        OurFault: it does not fit the files, leads out of the workspace, or there is no git.
    """
    argv = ["git", "apply", "--whitespace=nowarn", *(["--reverse"] if back else []), str(change.path.absolute())]
    alone = {"GIT_CEILING_DIRECTORIES": str(workspace.absolute().parent), "LC_ALL": "C"}
    try:
        _succeeded(change, _run(change, argv, str(workspace), alone))
    except FileNotFoundError:
        raise OurFault(f"{change.path} is applied by git, which is not here", "apt-get install git") from None


def run_here(change: Change, workspace: Path, environment: dict[str, str]) -> None:
    """Run a script in the workspace.

    Raises:
        OurFault: it ended with an error, or did not end.
    """
    _succeeded(change, _run(change, [_shell(change), "-c", _text(change)], str(workspace), environment))


def run_inside(change: Change, container: str, environment: dict[str, str]) -> None:
    """Run a script inside a container as root. One may end the container, which is over then when this is.

    Raises:
        OurFault: it ended with an error, or did not end.
    """
    values = [part for name in environment for part in ("--env", name)]
    argv = ["docker", "exec", "--user", "0", *values, container, _shell(change), "-c", _text(change)]
    done = _run(change, argv, "/", environment)
    if done.returncode != KILLED or not _ended(container):
        _succeeded(change, done)


def _ended(container: str) -> bool:
    try:
        return (
            subprocess.run(["docker", "wait", container], capture_output=True, timeout=GRACE, check=False).returncode
            == 0
        )
    except subprocess.TimeoutExpired:
        return False


def _text(change: Change) -> str:
    return change.path.read_text(encoding="utf-8")


def _shell(change: Change) -> str:
    return "bash" if _text(change).split("\n", 1)[0].endswith("bash") else "sh"


def _run(
    change: Change, argv: list[str], directory: str, environment: dict[str, str]
) -> subprocess.CompletedProcess[bytes]:
    deadline = time.monotonic() + PATIENCE
    with subprocess.Popen(
        argv,
        cwd=directory,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            out, err = _ends_of_output(process, deadline)
            return subprocess.CompletedProcess(argv, process.wait(max(0, deadline - time.monotonic())), out, err)
        except subprocess.TimeoutExpired:
            process.kill()
            raise OurFault(f"{change.path} did not end within {PATIENCE} s") from None
        except BaseException:
            process.kill()
            raise


def _ends_of_output(process: subprocess.Popen[bytes], deadline: float) -> list[bytes]:
    """Read what a process says until it says no more; keep the end of each of its outputs.

    Raises:
        TimeoutExpired: the deadline came first.
    """
    ends = {pipe.fileno(): b"" for pipe in (process.stdout, process.stderr) if pipe}
    with selectors.DefaultSelector() as ready:
        for pipe in ends:
            ready.register(pipe, selectors.EVENT_READ)
        while ready.get_map():
            found = ready.select(max(0, deadline - time.monotonic()))
            if not found or time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(process.args, PATIENCE)
            for pipe in (key.fd for key, _ in found):
                chunk = os.read(pipe, 2**16)
                ends[pipe] = (ends[pipe] + chunk)[-MOST_SAID:]
                if not chunk:
                    ready.unregister(pipe)
    return [*ends.values()]


def _succeeded(change: Change, done: subprocess.CompletedProcess[bytes]) -> None:
    if done.returncode:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()[-300:]
        raise OurFault(f"{change.path} ended with {done.returncode}: {said or 'no output'}")
