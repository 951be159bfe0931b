"""One file of a container as the engine sees it, whatever the container's own programs would say of it."""

from __future__ import annotations

import tarfile
from typing import TYPE_CHECKING, Literal

from kikori.engine.inspection.archive_stream import archived
from kikori.model.record import Record

if TYPE_CHECKING:
    from docker.models.containers import Container


MOST_LINKS = 8


class Entry(Record):
    """What is at a path; a link is not followed."""

    kind: Literal["file", "folder", "link", "other"]
    target: str = ""
    """Where a link leads to."""


def entry_of(container: Container, path: str) -> Entry | None:
    """What is at a path of a container, running or not.

    Raises:
        EnvironmentProblem: Docker is away or refused.
    """
    with archived(container, path) as found:
        if found is None:
            return None
        with tarfile.open(fileobj=found.stream, mode="r|") as taken:
            member = taken.next()  # the rest of a folder is not wanted
            return _entry(member) if member else None


def _entry(member: tarfile.TarInfo) -> Entry:
    if member.issym():
        return Entry(kind="link", target=member.linkname)
    return Entry(kind="folder" if member.isdir() else "file" if member.isreg() else "other")
