"""Carrying out a change: a script in a service or in the workspace, or files or a patch laid over the workspace."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from kikori.errors import OurFault
from kikori.model import Change

# A break, fix or trap that takes longer than this is stuck, in seconds.
PATIENCE = 120
KILLED = 137
"""What ``docker exec`` ends with when its container ended under it (128 + SIGKILL)."""
GRACE = 10
"""How long the engine may take to note that, in seconds."""


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
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            argv,
            cwd=directory,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise OurFault(f"{change.path} did not end within {PATIENCE} s") from None


def _succeeded(change: Change, done: subprocess.CompletedProcess[str]) -> None:
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-300:]
        raise OurFault(f"{change.path} ended with {done.returncode}: {said or 'no output'}")
