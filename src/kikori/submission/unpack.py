"""A submission read as what it is: a stranger's file. Nothing is written while it is judged."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import TypeVar

import msgspec

from kikori.engine.inspection.filesystem_diff import EndState, counts
from kikori.model import Command, Event, Report
from kikori.model.incident import LabEvent
from kikori.submission import format as names
from kikori.submission.archive import decode_manifest, opened, read_member
from kikori.submission.format import Refused
from kikori.submission.members import judge_for_host, judge_names
from kikori.submission.tar_reader import BLOCK, END, Damaged, Member, read_tar, told
from kikori.submission.tar_writer import host_members, write_members

T = TypeVar("T")

SERVICE = re.compile(rf"^{names.SERVICES}/([a-z0-9][a-z0-9_-]*)\.json$")
VOLUME = re.compile(rf"^{names.VOLUMES}/([a-z0-9][a-z0-9_.-]*)\.tar$")
NOT_ITS_OWN = "which Docker or the kernel makes anew in each container"


def unpack(file: Path) -> names.Submission:
    """Read a submission whole.

    Raises:
        Refused: it is not a .kikori file of this format, or holds what none may hold; says what.
    """
    with opened(file) as archive:
        found = archive.namelist()
        services = [match[1] for match in map(SERVICE.match, found) if match]
        volumes = [match[1] for match in map(VOLUME.match, found) if match]
        clean = partial(clean_tar, numbers=count())
        workspace = partial(clean, judge=_judge_workspace)
        return names.Submission(
            **msgspec.structs.asdict(_records(archive)),
            services={name: _service(archive, name, partial(clean, judge=_judge_service)) for name in services},
            volumes={name: read_member(archive, f"{names.VOLUMES}/{name}.tar", clean) for name in volumes},
            workspace=read_member(archive, names.WORKSPACE, workspace) if names.WORKSPACE in found else None,
        )


def read_records(file: Path) -> names.Records:
    """Read what a submission says in words; none of its files is unpacked.

    Raises:
        Refused: as ``unpack``, as far as it is read.
    """
    with opened(file) as archive:
        return _records(archive)


def read_manifest(file: Path) -> names.Manifest:
    """Read what a submission says about itself, and nothing else of it.

    Raises:
        Refused: as ``unpack``, as far as it is read.
    """
    with opened(file) as archive:
        return read_member(archive, names.MANIFEST, _manifest)


def _records(archive: zipfile.ZipFile) -> names.Records:
    return names.Records(
        manifest=read_member(archive, names.MANIFEST, _manifest),
        events=_log(archive, names.EVENTS, Event),
        trail=_log(archive, names.TRAIL, Command),
        reports=_log(archive, names.REPORTS, Report),
        lab_events=_log(archive, names.LAB_EVENTS, LabEvent) if names.LAB_EVENTS in archive.namelist() else (),
        explanation=read_member(archive, names.EXPLANATION, lambda data: data.decode("utf-8")),
    )


def _manifest(data: bytes) -> names.Manifest:
    return decode_manifest(data, names.Manifest, names.FORMAT)


def _log(archive: zipfile.ZipFile, name: str, kind: type[T]) -> tuple[T, ...]:
    decoder = msgspec.json.Decoder(kind)

    def records(data: bytes) -> tuple[T, ...]:
        if data.count(b"\n") + data.count(b"\r") > names.MOST_LINES:
            raise Refused(f"{name} has more than {names.MOST_LINES} lines")
        return tuple(decoder.decode(line) for line in data.splitlines() if line)

    return read_member(archive, name, records)


def _service(archive: zipfile.ZipFile, name: str, clean: Callable[[bytes], bytes]) -> EndState:
    paths = read_member(archive, f"{names.SERVICES}/{name}.json", partial(msgspec.json.decode, type=names.Paths))
    if len(paths.present) + len(paths.gone) > names.MOST_FILES:
        raise Refused(f"services/{name}.json names more than {names.MOST_FILES} paths")
    for path in (*paths.present, *paths.gone):
        if not path.startswith("/") or ".." in path.split("/") or "\0" in path:
            raise Refused(f"services/{name}.json names {told(path)}, which is no path inside a service")
        if not counts(path):
            raise Refused(f"services/{name}.json names {told(path)}, {NOT_ITS_OWN}")
        if len(path.encode("utf-8", "surrogatepass")) > names.LONGEST_PATH + 1:
            raise Refused(f"services/{name}.json names {told(path)}, of more than {names.LONGEST_PATH} bytes")
    files = read_member(archive, f"{names.SERVICES}/{name}.tar", clean)
    return EndState(present=paths.present, gone=paths.gone, files=files)


def clean_tar(
    data: bytes, numbers: Iterator[int] | None = None, judge: Callable[[list[Member]], None] = judge_names
) -> bytes:
    """Write a tar's files anew: no device, no hard link, no sparse file, no path that climbs.

    ``numbers`` counts the files of all tars of a submission; ``judge`` says which members they may be.

    Raises:
        Refused: it holds one of these.
        Damaged: it is no whole tar.
    """
    numbers, members = numbers or count(), list[Member]()
    for member in read_tar(data):
        if next(numbers) >= names.MOST_FILES:
            raise Refused(f"more than {names.MOST_FILES} files; a submission has at most so many")
        members.append(member)
    judge(members)
    cleaned = io.BytesIO()
    for member in members:
        cleaned.write(_header(member))
        cleaned.write(member.data)
        cleaned.write(bytes(-len(member.data) % BLOCK))
    cleaned.write(END + END)
    return cleaned.getvalue()


def _header(member: Member) -> bytes:
    """What is written before a member's content: names of owners and strange records are not handed on."""
    info = tarfile.TarInfo(member.name)
    info.type, info.linkname, info.size = member.kind, member.link, len(member.data)
    info.mode, info.uid, info.gid, info.mtime = member.mode, member.uid, member.gid, member.mtime
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")


def _judge_service(members: list[Member]) -> None:
    judge_names(members)
    for member in members:
        if not counts(f"/{member.path}"):
            raise Refused(f"{told(member.name)} is in a service's files, {NOT_ITS_OWN}")


def _judge_workspace(members: list[Member]) -> None:
    if len(members) > names.MOST_WORKSPACE_FILES:
        raise Refused(f"the workspace: more than {names.MOST_WORKSPACE_FILES} files")
    for member in members:
        if member.path.partition("/")[0].lower() == names.REPOSITORY:
            raise Refused(f"the workspace: {told(member.name)} belongs to a repository, which no submission holds")
    try:
        judge_for_host(members)
    except Refused as problem:
        raise Refused(f"the workspace: {problem.message}") from None


def write_workspace(data: bytes, folder: Path) -> None:
    """Write a workspace's files into a folder that is not there yet; all of them, or none.

    Raises:
        Refused: it holds what may not be written to this machine, or they can't be written.
    """
    try:
        write_members(host_members(data), folder)
    except Refused as problem:
        raise Refused(f"the workspace: {problem.message}") from None
    except Damaged as problem:
        raise Refused(f"the workspace is damaged: {problem}") from None
    except OSError as problem:
        raise Refused(f"the workspace can't be written: {problem.strerror}") from None
