"""The repository of a workspace: what was changed, when and by whom, as a team's own repository tells it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from pathlib import Path
from random import Random

from kikori.engine.changes.scripts import apply_patch
from kikori.errors import OurFault
from kikori.model import Change, Commit, Fault, Lab

REPOSITORY = ".git"
APART = timedelta(hours=7)
"""What lies between two commits of the days before a break, and between the last one and the break."""
PATIENCE = 30
"""Seconds that git may take for one command."""
OWN = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
"""Git as it comes: nobody's hooks, signatures or line ends have a say in a lab."""


def begin(lab: Lab, workspace: Path, now: datetime | None = None) -> None:
    """Make the workspace a repository whose commits lead to what it is; nothing where the lab has no history.

    Raises:
        OurFault: a patch of the history does not fit, or there is no git.
    """
    if not lab.history:
        return
    for commit in reversed(lab.history):
        if commit.patch:
            apply_patch(commit.patch, workspace, back=True)
    _git(workspace, "init", "--quiet", "--initial-branch=main")
    for commit in lab.history:
        if commit.patch:
            apply_patch(commit.patch, workspace)
        _commit(workspace, commit, (now or datetime.now(UTC)) - timedelta(days=commit.days))


def tell(fault: Fault, workspace: Path, run: Callable[[Change], None], seed: int, now: datetime | None = None) -> None:
    """Lay a fault and what came with it into the workspace, each as a commit, in an order that the seed draws.

    ``run`` carries out a change.

    Raises:
        OurFault: a change does not fit, or there is no git.
    """
    commits = in_order(fault, seed)
    if _git(workspace, "status", "--porcelain"):
        _commit(workspace, Commit(name="own", author="you <you@kikori.example>", subject="Work in progress"), now)
    for place, commit in enumerate(commits):
        if commit.patch:
            run(commit.patch)
        _commit(workspace, commit, (now or datetime.now(UTC)) - APART * (len(commits) - place))


def in_order(fault: Fault, seed: int) -> list[Commit]:
    """Put what changes with a fault in an order; the guilty change is the last only sometimes."""
    commits = [*fault.commits, *fault.told]
    Random(f"{fault.id}/{seed}/commits").shuffle(commits)  # noqa: S311  # variety, not secrecy
    return commits


def is_kept(workspace: Path) -> bool:
    """Tell whether the workspace has its repository still."""
    return (workspace / REPOSITORY).is_dir()


def _commit(workspace: Path, commit: Commit, when: datetime | None) -> None:
    name, address = parseaddr(commit.author)
    at = (when or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%S%z")
    who = {
        f"GIT_{part}_{key}": value
        for part in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", name), ("EMAIL", address), ("DATE", at))
    }
    _git(workspace, "add", "--all", "--force")
    _git(workspace, "commit", "--quiet", "--no-verify", "--allow-empty", "--message", commit.subject, **who)


def _git(workspace: Path, *argv: str, **environment: str) -> str:
    alone = {"GIT_DIR": str(workspace / REPOSITORY), "GIT_WORK_TREE": str(workspace)}
    command = ["git", "-c", "commit.gpgSign=false", "-c", f"core.hooksPath={os.devnull}", "-c", "core.autocrlf=false"]
    try:
        done = subprocess.run(
            [*command, *argv],
            cwd=workspace,
            env=os.environ | OWN | alone | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
    except FileNotFoundError:
        raise OurFault(
            f"{workspace}: its history is written by git, which is not here", "apt-get install git"
        ) from None
    except subprocess.TimeoutExpired:
        raise OurFault(f"{workspace}: git {argv[0]} did not end within {PATIENCE} s") from None
    if done.returncode:
        raise OurFault(f"{workspace}: git {argv[0]} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return done.stdout.strip()
