"""Python packages that the checks of one lab need, and no other."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from importlib import invalidate_caches
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from kikori.errors import OurFault
from kikori.host import steps
from kikori.host.setup_lock import turn

LOCK = "requirements.lock"
"""Beside the checks: each package with its version and hashes, as pip reads them."""


def ensure_grader_packages(graders: Path) -> None:
    """Install what the checks in this folder need and Kikori lacks.

    Raises:
        OurFault: the lock can't be read, or wants another version of a package than Kikori's own.
        EnvironmentProblem: pip could not install them.
    """
    lock = graders / LOCK
    if not lock.is_file() or not missing(lock):
        return
    with turn():
        if names := missing(lock):  # another call may have done it
            steps.run(
                f"installing {', '.join(names)}",
                [*_installer(), "--no-deps", "--require-hashes", "-r", str(lock)],
                "check the network, then run the same command again",
            )
            invalidate_caches()


def missing(lock: Path) -> list[str]:
    """Name the packages of a lock that are not installed.

    Raises:
        OurFault: the lock can't be read, or wants another version of a package than is there.
    """
    names = list[str]()
    for wanted in requirements(lock):
        try:
            found = version(wanted.name)
        except PackageNotFoundError:
            names.append(wanted.name)
            continue
        if not wanted.specifier.contains(found, prereleases=True):
            raise OurFault(
                f"{lock}: wants {wanted}, and Kikori has {found}",
                "compile it with -c requirements.lock, as docs/author.md says",
            )
    return names


def requirements(lock: Path) -> Iterator[Requirement]:
    """Read what a lock asks for on this machine.

    Raises:
        OurFault: a line is no requirement.
    """
    for line in lock.read_text(encoding="utf-8").splitlines():
        if not line[:1].isalnum():  # a hash, a comment
            continue
        try:
            wanted = Requirement(line.removesuffix("\\"))
        except InvalidRequirement as problem:
            raise OurFault(f"{lock}: {problem}", f"compile {lock} anew") from problem
        if not wanted.marker or wanted.marker.evaluate():
            yield wanted


def _installer() -> list[str]:
    """What installs in this environment; one that uv made has no pip."""
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", sys.executable]
    quiet = ("--no-input", "--disable-pip-version-check", "--progress-bar", "off")
    return [sys.executable, "-I", "-m", "pip", "install", *quiet]
