"""Shells behind terminals in a page: each lives on when its page sleeps, until it ends or the server does."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated

from msgspec import Meta
from ptyprocess import PtyProcess

from kikori.engine.shell.entry import ShellCommand, shell_command
from kikori.engine.shell.terminal import TrailReader
from kikori.learner.session import Session
from kikori.learner.shell import noting
from kikori.model.record import Record

KEPT = 256 * 1024
"""Bytes of output that a page which comes back is shown again, and by which one that reads slowly may be behind."""
CHUNK = 16 * 1024
XTERM = {"TERM": "xterm-256color"}
"""What the page's terminal understands, whatever the server itself was started in."""


class Size(Record):
    """How large the terminal of a page is."""

    columns: Annotated[int, Meta(ge=1, le=1000)]
    lines: Annotated[int, Meta(ge=1, le=1000)]


class Shell:
    """One shell in a pseudo-terminal, and the pages that look at it."""

    def __init__(self, entrance: ShellCommand, reader: TrailReader) -> None:
        self.process = PtyProcess.spawn(
            list(entrance.argv), cwd=entrance.directory, env=entrance.environment | XTERM, dimensions=(24, 80)
        )
        self.reader = reader
        os.set_blocking(self.process.fd, False)
        self.kept = b""
        self.shown = 0
        """Bytes of output until now; those that are kept are the last of them."""
        self.typed = b""
        self.news = asyncio.Event()
        self.ended = False
        self.loop = asyncio.get_running_loop()
        self.loop.add_reader(self.process.fd, self._read)

    def _read(self) -> None:
        try:
            data = os.read(self.process.fd, CHUNK)
        except BlockingIOError:
            return
        except OSError:  # the other side has gone: EIO on Linux (pty(7))
            data = b""
        if not data:
            self.close()
            return
        shown = self.reader(data)
        self.kept = (self.kept + shown)[-KEPT:]
        self.shown += len(shown)
        self._tell()

    def _tell(self) -> None:
        """Wake all who watch; whoever watches from now on waits for the next news."""
        self.news.set()
        self.news = asyncio.Event()

    async def watch(self) -> AsyncIterator[bytes]:
        """Show what is kept, then what comes, until it ends.

        Nothing is put aside for anybody: a page that reads slowly misses what is kept no longer, and takes no memory.
        """
        seen = self.shown - len(self.kept)
        while True:
            if seen < self.shown:
                data, seen = self.kept[-(self.shown - seen) :], self.shown
                yield data
            elif self.ended:
                return
            else:
                await self.news.wait()

    def write(self, data: bytes) -> None:
        """What was typed; a shell that is busy takes it when it reads again."""
        self.typed = (self.typed + data)[:KEPT]
        self._hand_on()

    def _hand_on(self) -> None:
        if self.ended:
            return
        with suppress(BlockingIOError):
            self.typed = self.typed[os.write(self.process.fd, self.typed) :]
        if self.typed:
            self.loop.add_writer(self.process.fd, self._hand_on)
        else:
            self.loop.remove_writer(self.process.fd)

    def resize(self, size: Size) -> None:
        """The terminal has another size."""
        if not self.ended:
            self.process.setwinsize(size.lines, size.columns)

    def close(self) -> None:
        """End it, and tell who watches."""
        if self.ended:
            return
        self.ended = True
        self.loop.remove_reader(self.process.fd)
        self.loop.remove_writer(self.process.fd)
        self.process.kill(signal.SIGHUP)
        self.process.close(force=True)
        self.reader.close()
        self._tell()


class Shells:
    """The shells of all attempts, by attempt and place."""

    def __init__(self) -> None:
        self.open: dict[tuple[str, str], Shell] = {}

    def get_or_open(self, session: Session, place: str) -> Shell:
        """The shell of an attempt in a service or the workspace; opened where there is none.

        Raises:
            KikoriError: no attempt is running, there is no such service, or it does not run.
        """
        attempt = session.attempt()
        lab = session.lab(attempt)
        key = (attempt.id, place or lab.about.shell)
        found = self.open.get(key)
        if found is None or found.ended:
            entrance = shell_command(session.project(attempt, lab), key[1])
            found = self.open[key] = Shell(entrance, TrailReader(noting(session, attempt, key[1])))
        return found

    def close(self) -> None:
        """End them all."""
        for shell in self.open.values():
            shell.close()
