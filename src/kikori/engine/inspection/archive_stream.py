"""The engine's stream of what is at a path of a container: read as a file, and ended whatever happens."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from kikori.engine.client import translate_errors

if TYPE_CHECKING:
    from docker.models.containers import Container


class Archived(NamedTuple):
    """What the engine sends of a path."""

    stream: Chunks
    """A tar, to be read from its beginning to wherever is enough."""
    size: int
    """Bytes of a plain file, as the engine tells before any of it is read."""


@contextmanager
def archived(container: Container, path: str) -> Iterator[Archived | None]:
    """Give what is at a path, or ``None`` where nothing is.

    The engine holds a container as long as somebody reads of it, and lets nobody unpause or remove it meanwhile; so
    the stream is ended here, read or not.

    Raises:
        EnvironmentProblem: Docker is away or refused.
    """
    from docker.errors import NotFound

    try:
        with translate_errors():
            chunks, status = container.get_archive(path)
    except NotFound:
        yield None
        return
    try:
        yield Archived(Chunks(chunks), int((status or {}).get("size", 0)))
    finally:
        chunks.close()  # type: ignore[attr-defined]  # a generator


class Chunks(io.RawIOBase):
    """The engine's stream of chunks as a file to read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks = chunks
        self.rest = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most ``size`` of them."""
        while size < 0 or len(self.rest) < size:
            chunk = next(self.chunks, b"")
            if not chunk:
                break
            self.rest += chunk
        size = len(self.rest) if size < 0 else size
        data, self.rest = self.rest[:size], self.rest[size:]
        return data
