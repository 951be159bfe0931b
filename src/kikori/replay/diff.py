"""What a learner changed, file by file, as a reviewer reads it."""

from __future__ import annotations

import difflib
import io
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kikori.engine.inspection.filesystem_diff import EndState, file_of
from kikori.replay.verdict import FileChange

if TYPE_CHECKING:
    from docker.models.containers import Container

MOST_FILES = 60
"""Of one service; a learner who installed a package is not read file by file."""
MOST_BYTES = 128 * 1024
"""Of one file."""
MOST_PAIRS = 2000**2
"""Lines before, times lines after: so many take half a second, of files that are made to take long."""
OF_NO_INTEREST = ("/var/log/", "/var/cache/", "/var/lib/", "/run/", "/tmp/")  # noqa: S108


def changes_of_service(service: str, container: Container, state: EndState) -> tuple[FileChange, ...]:
    """What an end state changes in a container, before it is laid over it."""
    return tuple(_seen(service, container, state))


def _seen(service: str, container: Container, state: EndState) -> Iterator[FileChange]:
    files = {f"/{path}": data for path, data in texts(state.files).items()}
    chosen = [path for path in sorted({*files, *state.gone}) if not path.startswith(OF_NO_INTEREST)]
    for path in chosen[:MOST_FILES]:
        before = file_of(container, path, MOST_BYTES, cut=True)
        if (diff := unified(path, before, files.get(path))) and (before is not None or path in files):
            yield FileChange(service=service, path=path, diff=diff)
    yield from _more(service, len(chosen))


def _more(service: str, count: int) -> Iterator[FileChange]:
    """A word on the files that are not shown, where there are any."""
    if count > MOST_FILES:
        yield FileChange(service=service, path="", diff=f"and {count - MOST_FILES} files more")


def changes_of_workspace(before: Path, workspace: bytes) -> tuple[FileChange, ...]:
    """What a learner's workspace changes against a folder: the lab's own, with the fault in."""
    own = {
        str(path.relative_to(before)): path.read_bytes()[: MOST_BYTES + 1]
        for path in sorted(before.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
    theirs = texts(workspace)
    changed = [path for path in sorted({*own, *theirs}) if own.get(path) != theirs.get(path)]
    shown = ((path, unified(path, own.get(path), theirs.get(path))) for path in changed[:MOST_FILES])
    found = (FileChange(service="workspace", path=path, diff=diff) for path, diff in shown)
    return (*found, *_more("workspace", len(changed)))


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
