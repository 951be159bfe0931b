"""Submissions that learners sent: files under names of the server's own, in a folder that ``kikori review`` takes."""

from __future__ import annotations

import hashlib
import secrets
import shutil
import tempfile
import threading
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import IO

import sqlalchemy as sql
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from kikori.attempts.private_files import private_folder
from kikori.cohort.messages import Received
from kikori.cohort.server.store import CohortStore
from kikori.submission.format import MOST_BYTES, SUFFIX
from kikori.submission.senders import keep_senders

MOST_FILES = 50
"""Of one learner."""
MOST_OF_ONE = 4 * MOST_BYTES
"""Bytes of one learner's files together."""
SPARE = 2**30
"""Bytes of disk that are left free, whatever is sent."""
PART = ".part"
"""What the name of a file ends in that is not here whole; it begins with its learner's id."""
ZIP = b"PK\x03\x04"


class Inbox:
    """The folder."""

    def __init__(self, folder: Path, store: CohortStore, most: int = MOST_BYTES) -> None:
        self.folder = folder
        self.store = store
        self.most = most
        self.busy: set[str] = set()
        self.lock = threading.Lock()
        """Nobody leaves while a file of theirs is given its name."""

    async def take(self, learner: str, told: int, pieces: AsyncIterator[bytes]) -> Received:
        """Keep what a learner sends; the same file twice is kept once.

        Raises:
            HTTPException: it is too large, no submission, too much for one learner or for this disk.
        """
        if learner in self.busy:
            raise HTTPException(HTTPStatus.CONFLICT, "Another submission of yours is on its way.")
        self.busy.add(learner)
        try:
            await run_in_threadpool(self._refuse, learner, told)
            return await self._kept(learner, pieces)
        finally:
            self.busy.discard(learner)

    async def _kept(self, learner: str, pieces: AsyncIterator[bytes]) -> Received:
        private_folder(self.folder)
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix=f".{learner}-", suffix=PART, delete=False) as file:
            part = Path(file.name)
            try:
                size, digest = await self._written(pieces, file)
                return await run_in_threadpool(self._named, learner, part, size, digest)
            finally:
                part.unlink(missing_ok=True)

    def _refuse(self, learner: str, told: int) -> None:
        before = self.store.handed_in(learner)
        if told > self.most:
            raise _too_large(self.most)
        if len(before) >= MOST_FILES or sum(one.size for one in before) + told > MOST_OF_ONE:
            raise HTTPException(
                HTTPStatus.INSUFFICIENT_STORAGE, "You have handed in too much; speak with your instructor."
            )

    async def _written(self, pieces: AsyncIterator[bytes], file: IO[bytes]) -> tuple[int, str]:
        size, digest, head = 0, hashlib.sha256(), b""
        async for piece in pieces:
            size += len(piece)
            if size > self.most:
                raise _too_large(self.most)
            head = (head + piece)[: len(ZIP)] if len(head) < len(ZIP) else head
            if len(head) == len(ZIP) and head != ZIP:
                raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"That is no {SUFFIX} file.")
            await run_in_threadpool(self._add, file, piece)
            digest.update(piece)
        if head != ZIP:
            raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"That is no {SUFFIX} file.")
        file.flush()
        return size, digest.hexdigest()

    def _add(self, file: IO[bytes], piece: bytes) -> None:
        if shutil.disk_usage(self.folder).free < SPARE + len(piece):
            raise HTTPException(HTTPStatus.INSUFFICIENT_STORAGE, "The instructor's disk is nearly full.")
        file.write(piece)

    def _named(self, learner: str, part: Path, size: int, digest: str) -> Received:
        """Give a whole file its name, and a row first: no row, no file."""
        with self.lock:
            return self._under_its_name(learner, part, size, digest)

    def _under_its_name(self, learner: str, part: Path, size: int, digest: str) -> Received:
        for known in self.store.handed_in(learner):
            if known.digest == digest:
                return Received(file=known.file, size=size, digest=digest)
        name = f"{learner}-{secrets.token_hex(4)}{SUFFIX}"
        try:
            self.store.hand_in(learner, name, size, digest)
        except sql.exc.IntegrityError:
            raise HTTPException(HTTPStatus.UNAUTHORIZED, "You have left this cohort.") from None
        part.replace(self.folder / name)
        self._keep_senders()
        return Received(file=name, size=size, digest=digest)

    def forget(self, learner: str) -> dict[str, int]:
        """Delete all of a learner, files first; gives what there was."""
        with self.lock:
            counts = self.store.counts(learner)
            for one in self.store.handed_in(learner):
                (self.folder / one.file).unlink(missing_ok=True)
            for part in self.folder.glob(f".{learner}-*{PART}"):
                part.unlink(missing_ok=True)
            self.store.forget(learner)
            self._keep_senders()
        return counts

    def begin(self) -> None:
        """Clear away what a server that was killed was receiving, and write down who sent what is there."""
        with self.lock:
            private_folder(self.folder)
            for part in self.folder.glob(f".*{PART}"):
                part.unlink(missing_ok=True)
            self._keep_senders()

    def _keep_senders(self) -> None:
        """Say beside the files who sent each: a review compares that with what the file says."""
        keep_senders(self.folder, {one.file: one.name for one in self.store.handed_in()})


def _too_large(most: int) -> HTTPException:
    told = f"A submission has at most {most // 2**20} MiB."
    return HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, told)
