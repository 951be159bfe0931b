"""What a learner changed, file by file, as a reviewer reads it."""

from __future__ import annotations

import difflib
import io
import tarfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kikori.engine.inspection.filesystem_diff import EndState, file_of, member_of
from kikori.replay.verdict import FileChange

if TYPE_CHECKING:
    from docker.models.containers import Container

MOST_FILES = 60
"""Of one service; a learner who installed a package is not read file by file."""
MOST_BYTES = 128 * 1024
"""Of one file."""
MOST_PAIRS = 2000**2
"""Lines before, times lines after: so many take half a second, of files that are made to take long."""
MOST_MEMBERS = 200
"""Paths of one service whose mode and owner are compared: each is a question to the engine."""
OF_NO_INTEREST = ("/var/log/", "/var/cache/", "/var/lib/", "/run/", "/tmp/")  # noqa: S108
SUPERVISE = "/supervise/"
"""What runit writes beside each service of its own, in bytes."""
ACCOUNTS = ("/etc/passwd", "/etc/group")
Access = tuple[int, int, int]
"""A path's mode, and the numbers of its owner and its group."""


def changes_of_service(service: str, container: Container, state: EndState) -> tuple[FileChange, ...]:
    """What an end state changes in a container, before it is laid over it."""
    return tuple(_seen(service, container, state))


def _seen(service: str, container: Container, state: EndState) -> Iterator[FileChange]:
    """What is in the files comes first; of what is there for programs alone, only a changed mode or owner is told."""
    files, now = {f"/{path}": data for path, data in texts(state.files).items()}, _access(state.files)
    read = {path for path in (*files, *state.gone) if _is_read(path)}
    shown = [*sorted(read)[:MOST_FILES], *sorted(now.keys() - read)]
    accounts = _Accounts(container)
    for path in shown[: MOST_FILES + MOST_MEMBERS]:
        before = member_of(container, path, MOST_BYTES)
        diff = unified(path, before.data if before else None, files.get(path)) if path in read else ""
        old, new = (before.access if before else None), now.get(path)
        mode, owner = _changed_access(old, new, accounts) if old and new else ((), ())
        if mode or owner or (diff and (before is not None or path in files)):
            yield FileChange(service=service, path=path, diff=diff, mode=mode, owner=owner)
    yield from _more(service, len(read))


def _is_read(path: str) -> bool:
    return not path.startswith(OF_NO_INTEREST) and SUPERVISE not in path


def _access(files: bytes) -> dict[str, Access]:
    """The mode and owner of each file and folder of a tar; a link has none of its own."""
    with tarfile.open(fileobj=io.BytesIO(files)) as archive:
        kept = [one for one in archive if one.isreg() or one.isdir()]
    return {f"/{one.name.removeprefix('./')}": (one.mode & 0o7777, one.uid, one.gid) for one in kept}


class _Accounts:
    """The names of a container's users and groups, read when somebody first asks."""

    def __init__(self, container: Container) -> None:
        self.container = container

    def owner(self, user: int, group: int) -> str:
        """Owner and group as ``ls -l`` names them; a number where nobody has it."""
        return ":".join(names.get(str(one), str(one)) for names, one in zip(self._names, (user, group), strict=True))

    @cached_property
    def _names(self) -> list[dict[str, str]]:
        texts = ((file_of(self.container, path, MOST_BYTES) or b"").decode("utf-8", "replace") for path in ACCOUNTS)
        rows = [[line.split(":") for line in text.splitlines()] for text in texts]
        return [{row[2]: row[0] for row in reversed(found) if len(row) > 2} for found in rows]


def _changed_access(old: Access, new: Access, accounts: _Accounts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Mode and owner, each before and after; nothing of what stayed as it was."""
    mode = tuple(f"{one:04o}" for one, *_ in (old, new)) if old[0] != new[0] else ()
    return mode, tuple(accounts.owner(*one[1:]) for one in (old, new)) if old[1:] != new[1:] else ()


def _more(service: str, count: int) -> Iterator[FileChange]:
    """A word on the files that are not shown, where there are any."""
    if count > MOST_FILES:
        yield FileChange(service=service, path="", diff=f"and {count - MOST_FILES} files more")


def changes_of_workspace(before: Path, workspace: bytes) -> tuple[FileChange, ...]:
    """What a learner's workspace changes against a folder: the lab's own, with the fault in."""
    files = sorted(path for path in before.rglob("*") if path.is_file() and not path.is_symlink())
    own = {str(path.relative_to(before)): path.read_bytes()[: MOST_BYTES + 1] for path in files}
    runs = {str(path.relative_to(before)): _git_mode(path.stat().st_mode) for path in files}
    theirs, run = texts(workspace), {path[1:]: _git_mode(mode) for path, (mode, *_) in _access(workspace).items()}
    modes = {path: (old, run[path]) for path, old in runs.items() if run.get(path, old) != old}
    changed = [path for path in sorted({*own, *theirs}) if own.get(path) != theirs.get(path) or path in modes]
    shown = ((path, unified(path, own.get(path), theirs.get(path))) for path in changed[:MOST_FILES])
    found = (FileChange(service="workspace", path=path, diff=diff, mode=modes.get(path, ())) for path, diff in shown)
    return (*found, *_more("workspace", len(changed)))


def _git_mode(mode: int) -> str:
    """What git keeps of a mode: whether its owner may execute the file."""
    return "0755" if mode & 0o100 else "0644"


def texts(files: bytes) -> dict[str, bytes]:
    """The plain files of a tar; of what is too large for a person to read, the beginning."""
    with tarfile.open(fileobj=io.BytesIO(files)) as archive:
        return {one.name.removeprefix("./"): _data(archive, one) for one in archive if one.isreg()}


def _data(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    return file.read(MOST_BYTES + 1) if file else b""


def unified(path: str, before: bytes | None, after: bytes | None) -> str:
    """Two versions of a file as ``diff -u`` tells them apart; nothing where they are equal."""
    if before == after:
        return ""
    if max(len(before or b""), len(after or b"")) > MOST_BYTES:
        return f"{path}: more than {MOST_BYTES // 1024} KiB, so it is not compared\n"
    old, new = _lines(before), _lines(after)
    if old is None or new is None:
        return f"{path}: not a text; {len(before or b'')} bytes before, {len(after or b'')} after\n"
    if len(old) * len(new) > MOST_PAIRS:
        return f"{path}: {len(old)} lines before, {len(new)} after; they are too many to be compared\n"
    names = ("/dev/null" if before is None else path, "/dev/null" if after is None else path)
    told = "\n".join(difflib.unified_diff(old, new, *names, lineterm=""))
    return f"{told}\n" if told else f"{path}: only the ends of lines differ\n"


def _lines(data: bytes | None) -> list[str] | None:
    """The lines of a text; none of what is no text."""
    if b"\0" in (data or b""):
        return None
    try:
        return (data or b"").decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return None
