"""A container of ours beside a service: it sees what the engine can't tell, and runs nothing of the service's.

It stands in the host's process namespace and in the service's network, so that whoever is root in the service neither
sees it nor can end or trace it (docs/adr/0020). It ends when its input does, and the engine then takes it away: a
grading that is killed leaves nothing behind.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kikori.engine.cleanup import labels_beside
from kikori.engine.images import SIDECAR
from kikori.engine.inspection import sidecar_program
from kikori.engine.inspection.attached_container import Attached
from kikori.engine.inspection.debug_container import DebugContainer
from kikori.engine.outside import File, Process, once_started
from kikori.errors import OurFault
from kikori.model.record import Record

WALLS = (
    "--entrypoint=python3", "--pid=host", "--cap-drop=ALL",
    "--cap-add=SYS_PTRACE", "--cap-add=DAC_READ_SEARCH", "--cap-add=FOWNER", "--cap-add=KILL",
    "--security-opt=no-new-privileges",
    "--read-only", "--memory=128m", "--pids-limit=8",
)  # fmt: skip
"""What it may: look at and end processes of others, read what only root may read, and date files. It writes nowhere."""
LARGEST = 64 * 2**20
"""Bytes of one answer."""
Found = TypeVar("Found")


class Space(Record):
    """What a file system says of itself, in bytes and in files."""

    size: int
    free: int
    files: int
    unused: int
    """How many more files it can take."""


class Written(Record):
    """How much lies on a file system that a container may write to."""

    place: str
    files: int
    bytes: int


class Descriptors(Record):
    """What a process holds open, as /proc/PID/fd has it: paths, ``socket:[...]``, ``pipe:[...]``."""

    pid: int
    inside: int
    """The number that the container itself knows it by."""
    open: tuple[str, ...]


class Sidecar(Attached):
    """Looks at one container from outside, for as long as that runs."""

    def __init__(self, project: str, container: str, pid: int) -> None:
        """Start beside a container, whose first process has that number on the host.

        Raises:
            OurFault: it can't be started.
        """
        program = Path(sidecar_program.__file__).read_text(encoding="utf-8")
        near = [f"--network=container:{container}"]
        near += [f"--label={name}={value}" for name, value in labels_beside(project).items()]
        super().__init__([*WALLS, *near, SIDECAR, "-I", "-c", program, str(pid)])
        self._turn = threading.Lock()
        self._answer()

    def processes(self) -> tuple[Process, ...]:
        """List the container's processes, those that have ended and were not collected among them."""
        return once_started(lambda: self._told(tuple[Process, ...], ask="processes"))

    def descriptors(self) -> tuple[Descriptors, ...]:
        """What each of its processes holds open."""
        return self._told(tuple[Descriptors, ...], ask="descriptors")

    def files(self, *places: str, names: tuple[str, ...] = ("*",)) -> tuple[File, ...]:
        """What lies at and below some places and has such a name; other file systems below them are left out."""
        return self._told(tuple[File, ...], ask="files", places=[*places], names=[*names])

    def at(self, *paths: str) -> tuple[File, ...]:
        """What lies at some paths, without what is below them."""
        return self._told(tuple[File, ...], ask="at", paths=[*paths])

    def read(self, path: str, most: int = 2**20) -> bytes | None:
        """A file's content, links followed inside the container; ``None`` where there is none up to that size."""
        content = self._told(str | None, ask="read", path=path, most=most)  # type: ignore[arg-type]
        return None if content is None else base64.b64decode(content)

    def date(self, *paths: str, at: float) -> int:
        """Have plain files look as if they were last used and changed then; gives how many of them are there."""
        return self._told(int, ask="date", paths=[*paths], at=at)

    def is_locked(self, path: str) -> bool:
        """Whether somebody holds a lock of flock(2) on a plain file: it is tried for an instant."""
        return self._told(bool, ask="locked", path=path)

    def holding(self, words: Sequence[str], *places: str) -> tuple[str, ...]:
        """Files at and below some places, of whatever file system, in which one of these words can be read.

        Raises:
            OurFault: a word is empty or has a line break, or the search took more than a minute.
        """
        if not all(word and "\n" not in word for word in words):
            raise OurFault("a word to be searched for is empty, or is more than a line")
        return self._told(tuple[str, ...], ask="holding", words=[*words], places=[*places]) if words else ()

    def end(self, *pids: int) -> int:
        """End processes of the container by SIGKILL, as a crash would; gives how many were there."""
        return self._told(int, ask="end", pids=[*pids])

    def space(self, place: str) -> Space:
        """What the file system at a place says of itself."""
        return self._told(Space, ask="space", place=place)

    def written(self) -> tuple[Written, ...]:
        """How much lies on each file system that the container may write to: its own, volumes, and memory."""
        return self._told(tuple[Written, ...], ask="written")

    def unlinked(self) -> int:
        """Bytes of files without a name that its processes still hold open."""
        return self._told(int, ask="unlinked")

    def network(self, table: str) -> str:
        """A table of the kernel about its network: ``tcp``, ``tcp6``, ``snmp``, ``netstat``."""
        return self._told(str, ask="network", table=table)

    def setting(self, name: str) -> str:
        """A sysctl of its network, such as ``net.ipv4.tcp_fin_timeout``."""
        return self._told(str, ask="setting", name=name).strip()

    def _told(self, kind: type[Found], **question: Any) -> Found:
        with self._turn:
            try:
                self._input.write(json.dumps(question).encode() + b"\n")
                self._input.flush()
                return msgspec.convert(self._answer(), kind)
            except OSError:
                raise OurFault("the sidecar of a check is gone", "kikori status") from None
            except OurFault:
                raise
            except BaseException:  # the check's time was over: the answer would come to the next question
                self._process.kill()
                raise

    def _answer(self) -> Any:
        line = self._output.readline(LARGEST)
        if not line.endswith(b"\n"):
            self._process.kill()
            last = (self._complaint().splitlines() or ["it ended, or had too much to tell"])[-1]
            raise OurFault(f"the sidecar of a check does not answer: {last}", "kikori status")
        told = json.loads(line)
        if problem := told.get("problem"):
            raise OurFault(f"the sidecar of a check could not look: {problem}")
        return told["told"]


class Sidecars:
    """The sidecars and debug containers of one grading, each started when it is first asked for."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], Sidecar] = {}
        self._debug: dict[tuple[str, int, str], DebugContainer] = {}

    def beside(self, project: str, container: dict[str, Any]) -> Sidecar:
        """The sidecar of a running container, as ``docker inspect`` tells of it; a restarted one gets another.

        Raises:
            OurFault: it can't be started.
        """
        key = _begun(container)
        found = self._open.get(key)
        if found is None or not found.is_there:
            found = self._open[key] = Sidecar(project, *key)
        return found

    def debug(self, project: str, container: dict[str, Any], image: str) -> DebugContainer:
        """The debug container of an image beside a running container; a restarted one gets another.

        Raises:
            OurFault: it can't be started.
        """
        key = (*_begun(container), image)
        found = self._debug.get(key)
        if found is None or not found.is_there:
            found = self._debug[key] = DebugContainer(project, f"container:{key[0]}", image)
        return found

    def close(self) -> None:
        """End them all."""
        for those in (self._open, self._debug):
            while those:
                those.popitem()[1].close()


def _begun(container: dict[str, Any]) -> tuple[str, int]:
    """Which container it is, and the process that it was last started with."""
    return str(container["Id"]), int(container["State"]["Pid"])
