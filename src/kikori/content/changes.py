"""The changes of a scene that an author wrote: scripts, patches and overlays, and what each says at its top."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from msgspec import structs

from kikori.errors import OurFault
from kikori.model import Change
from kikori.model.lab import PATCH, WORKSPACE, Commit

HEADER = re.compile(r"^#\s*(service|fails|then|after):\s*(\S+)\s*$", re.MULTILINE)
TOLD = re.compile(r"^#\s*(author|subject|days):\s*(.*\S)\s*$", re.MULTILINE)
BREAK = re.compile(r"break(-[0-9])?")
PATCHED = re.compile(r"^(?:---|\+\+\+) [ab]/(.+?)\t?$", re.MULTILINE)


def read_commits(folder: Path) -> tuple[Commit, ...]:
    """The patches of a folder, by name, with who made each, and why.

    Each says ``# author: NAME <ADDRESS>`` and ``# subject: ...`` above its first hunk, and ``# days: N`` how long ago
    it was. One without a hunk begins the history.
    """
    found = []
    for path in sorted(folder.glob("*.diff")):
        commit = _commit(path)
        if commit is None:
            raise OurFault(f"{path}: says no author and subject", "write '# author:' and '# subject:' at its top")
        has_hunk = "\n@@ " in path.read_text(encoding="utf-8")
        found.append(structs.replace(commit, patch=_in_workspace(path, path) if has_hunk else None))
    return tuple(found)


def told_of(breaking: Sequence[Change]) -> tuple[Commit, ...]:
    """Give what the workspace's repository tells of the changes of it that are a fault."""
    files = (change for change in breaking if change.touches_workspace and change.path.is_file())
    return tuple(structs.replace(commit, patch=one) for one in files if (commit := _commit(one.path)))


def is_break(change: Change) -> bool:
    """Tell whether a change is the break of its folder, or one of several, as ``break-2.sh`` is."""
    return BREAK.fullmatch(change.name) is not None


def files_of_patch(change: Change) -> set[str]:
    """List the files of the workspace that a patch changes."""
    return set(PATCHED.findall(change.path.read_text(encoding="utf-8")))


def _commit(path: Path) -> Commit | None:
    """What a patch or a script says of its commit; ``None`` where it says nothing."""
    said = dict(TOLD.findall(_comments(path)))
    if not {"author", "subject"} <= said.keys():
        return None
    return Commit(name=path.stem, author=said["author"], subject=said["subject"], days=int(said.get("days", "0")))


def read_changes(folder: Path, default_service: str) -> tuple[Change, ...]:
    """The scripts, overlays and patches of a folder, by name.

    A script says ``# service: NAME``, ``# then: restart`` and, a trap, ``# fails: CHECK`` in its first comments, and
    ``# after: fixes/NAME`` where it is that fix but for something; a patch says so above its first hunk,
    an overlay folder in its file ``.change``.
    The service ``workspace`` is the learner's folder, to be applied afterwards; ``engine`` is that folder, too, for a
    trap that changes with docker commands what is live, and no file.
    """
    found = []
    for path in sorted(folder.glob("*")):
        if path.is_dir() and path.name not in ("fixes", "traps"):
            found.append(_in_workspace(path, path / ".change"))
        elif path.suffix == ".sh":
            found.append(read_script(path, default_service))
        elif path.suffix == PATCH:
            found.append(_in_workspace(path, path))
    return tuple(found)


def read_script(path: Path, default_service: str) -> Change:
    """Read what a script says of itself in its first comments."""
    said = _header(path)
    service = said.get("service", default_service)
    restart = said.get("then") == "restart"
    fails, after = said.get("fails", ""), said.get("after", "")
    return Change(name=path.stem, path=path, service=service, fails=fails, restart=restart, after=after)


def _in_workspace(path: Path, header: Path) -> Change:
    """Read a patch or an overlay: it changes the workspace, whatever its header says."""
    said = _header(header) if header.is_file() else {}
    fails, after = said.get("fails", ""), said.get("after", "")
    return Change(name=path.name.removesuffix(PATCH), path=path, service=WORKSPACE, fails=fails, after=after)


def _header(path: Path) -> dict[str, str]:
    """What the comments say that a file begins with."""
    return dict(HEADER.findall(_comments(path)))


def _comments(path: Path) -> str:
    """The comments that a file begins with."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise OurFault(f"{path}: {problem.strerror}") from None
    except UnicodeDecodeError as problem:
        raise OurFault(f"{path} is no UTF-8 text: {problem}") from None
    return "\n".join(takewhile(lambda line: line.startswith("#"), lines))
