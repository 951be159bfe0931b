"""A container's processes and files as the engine tells them: no program in the container has a say in it."""

from __future__ import annotations

import io
import json
import re
import subprocess
import tarfile
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from kikori.engine.client import client, translate_errors
from kikori.engine.inspection.archive_stream import archived
from kikori.engine.inspection.container_files import MOST_LINKS, entry_of
from kikori.engine.inspection.filesystem_diff import file_of
from kikori.errors import OurFault
from kikori.host import endpoint
from kikori.model.record import Record

if TYPE_CHECKING:
    from docker.models.containers import Container

Kind = Literal["file", "folder", "link", "other"]

# The command comes last: it is the only one that a process can choose, and it may hold blanks.
COLUMNS = ("pid", "ppid", "ruid", "euid", "suid", "stat", "args")
OPTIONS = ("-eo", ",".join(COLUMNS))
MOST_FILES = 50_000
MOST_BYTES = 256 * 2**20
"""What a look at folders may bring: the engine sends the files along with what it says of them."""
MOST_ACCOUNTS = 2**20
MOST_COPIED = 8 * 2**20
AT_ONCE = 2**20
STARTING = "runc init"
"""The name of a process that the engine is about to turn into a healthcheck or the like: root's until then."""
SOON, AGAIN = 3.0, 0.1
"""Seconds within which it has done so on a busy computer, and between two looks."""


POWERS = {
    0: "CAP_CHOWN", 1: "CAP_DAC_OVERRIDE", 2: "CAP_DAC_READ_SEARCH", 3: "CAP_FOWNER", 6: "CAP_SETGID", 7: "CAP_SETUID",
    8: "CAP_SETPCAP", 16: "CAP_SYS_MODULE", 17: "CAP_SYS_RAWIO", 19: "CAP_SYS_PTRACE", 21: "CAP_SYS_ADMIN",
    27: "CAP_MKNOD", 31: "CAP_SETFCAP", 32: "CAP_MAC_OVERRIDE", 38: "CAP_PERFMON", 39: "CAP_BPF",
}  # fmt: skip
"""The capabilities with which a process that is not root reads, writes or becomes what it likes (capabilities(7))."""


class Unlisted(OurFault):
    """The engine could not list a container's processes; a sidecar can."""


class Process(Record):
    """A process of a container, its numbers as they are outside of it."""

    pid: int
    parent: int
    uids: tuple[int, ...]
    """The user's number, real, effective and saved: names are the container's own to give."""
    state: str
    """As ``ps`` writes it: ``S`` sleeps, ``Z`` has ended and was not collected."""
    command: str
    """Its arguments, which the process itself may have changed."""
    gids: tuple[int, ...] = ()
    """Its groups, which a sidecar alone tells."""
    capabilities: int = 0
    """Those that it may use, a bit for each, which a sidecar alone tells."""

    @property
    def powers(self) -> tuple[str, ...]:
        """Which of root's rights over files and users it has as capabilities."""
        return tuple(name for bit, name in POWERS.items() if self.capabilities >> bit & 1)

    @property
    def is_root(self) -> bool:
        """Whether it is root, or could become root again."""
        return 0 in self.uids

    @property
    def has_ended(self) -> bool:
        """Whether nobody has collected it although it has ended."""
        return self.state.startswith("Z")

    @property
    def program(self) -> str:
        """The name of the program that it says it runs, without its folder."""
        return self.command.split(" ")[0].lstrip("-").rpartition("/")[2]


class File(Record):
    """What lies at a path of a container; a link is not followed."""

    path: str
    kind: Kind
    mode: int
    """The twelve bits that chmod sets."""
    owner: int
    group: int
    size: int
    target: str = ""
    """Where a link leads to."""
    inode: int = 0
    blocks: int = 0
    """How many units of 512 bytes it takes; 0 where the engine was asked, which doesn't tell."""
    changed: float = 0.0
    """Seconds since 1970 when it was written last; 0 where a sidecar was asked."""

    def is_open_to(self, writers: int) -> bool:
        """Whether any of these may write to it, such as 0o022: the group or everybody; of a link nothing is said."""
        return self.kind != "link" and bool(self.mode & writers)


@cache
def has_ps() -> bool:
    """Whether this computer, which is the engine's as a rule, has a ``ps`` that tells what is asked of it here.

    A minimal system has none, and busybox's knows other columns.
    """
    if endpoint.socket_path() is None:
        return False
    try:
        asked = subprocess.run(["ps", *OPTIONS], capture_output=True, check=False)
    except OSError:
        return False
    return asked.returncode == 0


def once_started(look: Callable[[], tuple[Process, ...]]) -> tuple[Process, ...]:
    """Look again while the engine is starting a program; what keeps the name of that is a process like others."""
    found, until = look(), time.monotonic() + SOON
    while any(one.command == STARTING for one in found) and time.monotonic() < until:
        time.sleep(AGAIN)
        found = look()
    return found


def processes_of(identity: str) -> tuple[Process, ...]:
    """List the processes of a running container, by the ``ps`` of the engine's own computer.

    It lists none that has ended: the kernel no longer counts it to the container.

    Raises:
        Unlisted: the engine's computer has no ``ps`` that knows these columns, or the container does not run.
        OurFault: its root has another number outside.
    """
    if _has_others_numbers():
        raise OurFault("the engine maps users (userns-remap): outside, root of a container is not 0", "kikori doctor")
    return once_started(lambda: _listed(identity))


def _listed(identity: str) -> tuple[Process, ...]:
    found = _top(identity, " ".join(OPTIONS))
    rows = found.get("Processes")
    if rows is None:
        raise Unlisted(f"the engine tells no processes: {found.get('message', '')}", "kikori status")
    return tuple(map(_process, rows))


def _top(identity: str, options: str) -> dict[str, Any]:
    if endpoint.socket_path() is not None:
        return _asked(f"/containers/{identity}/top?ps_args={quote(options)}")
    from docker.errors import APIError

    with translate_errors():
        try:
            return dict(client().api.top(identity, options))
        except APIError as problem:
            return {"message": problem.explanation}


@cache
def _has_others_numbers() -> bool:
    if endpoint.socket_path() is None:
        with translate_errors():
            return maps_users(client().info())
    return maps_users(_asked("/info"))


def maps_users(engine: Mapping[str, Any]) -> bool:
    """Whether an engine, by its own word, gives users of containers other numbers outside.

    A rootless engine does too, but its ``ps`` and its sidecars are behind the same mapping.
    """
    return any(str(option).startswith("name=userns") for option in engine.get("SecurityOptions") or ())


def _asked(path: str) -> dict[str, Any]:
    try:
        return dict(json.loads(endpoint.ask(path).body))
    except (OSError, ValueError) as problem:
        raise OurFault(f"the engine tells no processes: {problem}", "kikori doctor") from None


def _process(row: list[str]) -> Process:
    pid, parent, real, effective, saved, state, command = row
    uids = (int(real), int(effective), int(saved))
    return Process(pid=int(pid), parent=int(parent), uids=uids, state=state, command=command)


def files_of(container: Container, *places: str) -> tuple[File, ...]:
    """All that lies at and below some places of a container, running or not; what is not there is left out.

    Folders that are memory (``tmpfs``) are empty to the engine.

    Raises:
        OurFault: it is more than a check looks at.
        EnvironmentProblem: Docker is away or refused.
    """
    return tuple(file for place in places for file in _files_at(container, place))


def plain_files_of(container: Container, folder: str) -> bytes:
    """A folder of a container as a tar of plain files, and of links to what is beside them; all are root's.

    Raises:
        OurFault: there is no such folder, or it holds more than a check takes along.
        EnvironmentProblem: Docker is away or refused.
    """
    copy = io.BytesIO()
    with translate_errors(), archived(container, folder) as found:
        if found is None:
            raise OurFault(f"{folder} is gone")
        with tarfile.open(fileobj=found.stream, mode="r|") as taken, tarfile.open(fileobj=copy, mode="w") as kept:
            for member in taken:
                if copy.tell() + member.size > MOST_COPIED:
                    raise OurFault(f"{folder} holds more than {MOST_COPIED // 2**20} MiB")
                if _is_plain(member):
                    plain = tarfile.TarInfo(member.name)
                    plain.type, plain.linkname, plain.size = member.type, member.linkname, member.size
                    plain.mode = 0o644
                    kept.addfile(plain, taken.extractfile(member) if member.isreg() else None)
    return copy.getvalue()


def _is_plain(member: tarfile.TarInfo) -> bool:
    inside = ".." not in PurePosixPath(member.name).parts and not member.name.startswith("/")
    return inside and (member.isreg() or (member.issym() and "/" not in member.linkname and member.linkname != ".."))


def _files_at(container: Container, place: str) -> list[File]:
    files, size = list[File](), 0
    with translate_errors(), archived(container, place) as found:
        if found is None:
            return []
        with tarfile.open(fileobj=found.stream, mode="r|") as taken:
            for member in taken:
                files.append(_file(member, place))
                size += member.size
                if len(files) > MOST_FILES or size > MOST_BYTES:
                    raise OurFault(f"{place} holds more than a check looks at: {len(files)} files, {size} bytes")
    return files


def _file(member: tarfile.TarInfo, place: str) -> File:
    """The engine names what it sends by the last part of the place that was asked for."""
    path = str(PurePosixPath(place).joinpath(*PurePosixPath(member.name).parts[1:]))
    kind: Kind = "file" if member.isreg() or member.islnk() else "folder" if member.isdir() else "other"
    return File(
        path=path,
        kind="link" if member.issym() else kind,
        mode=member.mode & 0o7777,
        owner=member.uid,
        group=member.gid,
        size=member.size,
        target=member.linkname if member.issym() else "",
        changed=float(member.mtime),
    )


def archive_of(container: Container, path: str, most: int) -> bytes:
    """What is at a path of a container, as the engine's tar; nothing where nothing is.

    Raises:
        OurFault: it is more than so many bytes; no more than that is kept in memory.
        EnvironmentProblem: Docker is away or refused.
    """
    tar = bytearray()
    with translate_errors(), archived(container, path) as found:
        while found and (part := found.stream.read(AT_ONCE)):
            tar += part
            if len(tar) > most:
                raise OurFault(f"{path} holds more than {most // 2**20} MiB")
    return bytes(tar)


def content_of(container: Container, path: str, most: int) -> bytes | None:
    """A file's content, links followed inside the container; ``None`` where there is no plain file up to that size.

    Raises:
        EnvironmentProblem: Docker is away or refused.
    """
    for _ in range(MOST_LINKS):
        content = file_of(container, path, most)
        entry = entry_of(container, path) if content is None else None
        if entry is None or entry.kind != "link":
            return content
        path = str(PurePosixPath(path).parent / entry.target)
    return None


def uid_of(container: Container, user: str) -> int:
    """The number by which the engine starts a process of that user, as in ``USER`` of a Dockerfile.

    Raises:
        EnvironmentProblem: Docker is away or refused.
    """
    return uid_in(content_of(container, "/etc/passwd", MOST_ACCOUNTS) or b"", user)


def uid_in(accounts: bytes, user: str) -> int:
    """The same in the text of /etc/passwd, read as the engine reads it: what is no number there is 0.

    Raises:
        OurFault: the engine knows no such user, and would start nothing.
    """
    name = user.partition(":")[0] or "0"
    if (number := _number(name)) is not None:
        return number
    rows = [line.strip().split(":") for line in accounts.decode("utf-8", "replace").splitlines()]
    uids = [(_number(row[2]) if len(row) > 2 else None) or 0 for row in rows if row[0] == name]
    if not uids:
        raise OurFault(f"the container knows no user {name!r}")
    return uids[0]


def _number(word: str) -> int | None:
    """What Go's strconv.Atoi makes of a word."""
    return int(word) if re.fullmatch(r"[+-]?[0-9]+", word) else None
