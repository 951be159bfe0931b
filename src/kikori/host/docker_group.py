"""Letting a user who is not root use the engine: the group docker, also in a session older than the membership."""

from __future__ import annotations

import grp
import os
import pwd
import shlex
import subprocess
import sys
from typing import Never

from kikori.errors import EnvironmentProblem
from kikori.host import endpoint, packages

GROUP = "docker"
RERUN = "KIKORI_IN_GROUP"  # set in the call that sg makes, so that there is only one


def gain() -> Never:
    """Run this very command again as a member of the group docker, after joining it where need be."""
    if not _opens_to_group() or os.environ.get(RERUN):
        raise EnvironmentProblem(
            f"{user()} may not use the Docker engine at {endpoint.docker_host()}",
            "log out and in again, or use sudo",
        )
    if not is_member():
        _join()
    _rerun()


def user() -> str:
    """The login name of whoever runs this."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return f"user {os.geteuid()}"


def is_member() -> bool:
    """Whether the group docker lists this user (the running session may be older than that)."""
    try:
        return user() in grp.getgrnam(GROUP).gr_mem
    except KeyError:
        return False


def _opens_to_group() -> bool:
    path = endpoint.socket_path()
    try:
        return path is not None and path.stat().st_gid == grp.getgrnam(GROUP).gr_gid
    except (OSError, KeyError):
        return False


def _join() -> None:
    by_hand = f"sudo usermod -aG {GROUP} {user()}"
    packages.agree(f"add {user()} to the group {GROUP}, which may do on this machine what root may", by_hand)
    joined = subprocess.run(packages.as_root(["usermod", "-aG", GROUP, user()]), check=False)
    if joined.returncode:
        raise EnvironmentProblem(f"{user()} could not be added to the group {GROUP}", by_hand)


def _rerun() -> Never:
    os.environ[RERUN] = "1"
    command = shlex.join([sys.executable, *sys.orig_argv[1:]])
    try:
        os.execvp("sg", ["sg", GROUP, "-c", f"exec {command}"])  # noqa: S606  # replaces this process on purpose
    except OSError as error:
        raise EnvironmentProblem(
            f"{user()} is in the group {GROUP}, but this session is older than that", "log out and in again"
        ) from error
