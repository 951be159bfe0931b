"""One file of a container as the engine sees it, whatever the container's own programs would say of it."""

from __future__ import annotations

import hashlib
import tarfile
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Literal

from kikori.model.record import Record
from kikori.runtime.endstate import Chunks
from kikori.runtime.engine import telling

if TYPE_CHECKING:
    from docker.models.containers import Container


MOST_LINKS = 8


class Entry(Record):
    """What is at a path; a link is not followed."""

    kind: Literal["file", "folder", "link", "other"]
    target: str = ""
    """Where a link leads to."""
    digest: str = ""
    """What names a file's content."""


def entry_of(container: Container, path: str, *, read: bool = True) -> Entry | None:
    """What is at a path of a container, running or not; ``read`` is for a file's digest.

    Raises:
        EnvironmentProblem: Docker is away or refused.
    """
    from docker.errors import NotFound

    try:
        with telling():
            chunks, _ = container.get_archive(path)
    except NotFound:
        return None
    try:
        with tarfile.open(fileobj=Chunks(chunks), mode="r|") as taken:
            member = taken.next()
            return _entry(taken, member, read=read) if member else None
    finally:
        chunks.close()  # type: ignore[attr-defined]  # a generator; the rest of a folder is not wanted


def _entry(taken: tarfile.TarFile, member: tarfile.TarInfo, *, read: bool) -> Entry:
    if member.issym():
        return Entry(kind="link", target=member.linkname)
    if member.isdir():
        return Entry(kind="folder")
    file = taken.extractfile(member) if member.isreg() else None
    return Entry(kind="file", digest=_digest(file) if read else "") if file else Entry(kind="other")


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while part := file.read(1 << 16):
        digest.update(part)
    return digest.hexdigest()


def digest_at(container: Container, path: str) -> str:
    """What names a file's content, its links followed; empty where there is none.

    Raises:
        EnvironmentProblem: Docker is away or refused.
    """
    for _ in range(MOST_LINKS):
        entry = entry_of(container, path)
        if entry is None or entry.kind != "link":
            return entry.digest if entry else ""
        path = str(PurePosixPath(path).parent / entry.target)
    return ""
