"""A submission read as what it is: a stranger's file. Nothing is written while it is judged."""

from __future__ import annotations

import io
import math
import re
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import TypeVar

import msgspec

from kikori.errors import KikoriError
from kikori.model import Command, Event, Report
from kikori.runtime.endstate import KEPT_TYPES, EndState
from kikori.submission import format as names

T = TypeVar("T")

SERVICE = re.compile(rf"^{names.SERVICES}/([a-z0-9][a-z0-9_-]*)\.json$")
VOLUME = re.compile(rf"^{names.VOLUMES}/([a-z0-9][a-z0-9_.-]*)\.tar$")
KNOWN = re.compile(
    rf"({names.MANIFEST}|{names.EVENTS}|{names.TRAIL}|{names.REPORTS}|{names.EXPLANATION}|{names.WORKSPACE}"
    rf"|{names.SERVICES}/[a-z0-9][a-z0-9_-]*\.(json|tar)|{names.VOLUMES}/[a-z0-9][a-z0-9_.-]*\.tar)"
)
ENCRYPTED = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The others can't be unpacked piece by piece, so a few bytes could fill the memory."""


class Refused(KikoriError):
    """A submission that is not well-formed."""


class Versioned(msgspec.Struct):
    """What every version of the manifest has."""

    format: object = None


def unpack(file: Path) -> names.Submission:
    """Read a submission whole.

    Raises:
        Refused: it is not a .kikori file of this format, or holds what none may hold; says what.
    """
    if file.exists() and not file.is_file():
        raise Refused(
            "not a whole .kikori file: no plain file at all"
        )  # a pipe would keep whoever opens it waiting, a device never ends
    try:
        with zipfile.ZipFile(file) as archive:
            _judge(archive.infolist())
            return _read(archive)
    except Refused:
        raise
    except Exception as problem:  # nobody has written down all that zipfile raises on a stranger's bytes
        raise Refused(f"not a whole .kikori file: {problem}") from None


def _judge(members: list[zipfile.ZipInfo]) -> None:
    """Refuse by the table of contents alone, before a byte is unpacked."""
    if len(members) > names.MOST_MEMBERS:
        raise Refused(f"{len(members)} members; a submission has at most {names.MOST_MEMBERS}")
    if len({member.filename for member in members}) != len(members):
        raise Refused("two members of one name")
    for member in members:
        if stat.S_ISLNK(member.external_attr >> 16):
            raise Refused(f"{member.filename!r} is a link; a submission has none")
        if not KNOWN.fullmatch(member.filename):
            raise Refused(f"{member.filename!r} is no member of a submission")
        if member.flag_bits & ENCRYPTED or member.compress_type not in METHODS:
            raise Refused(f"{member.filename} is encrypted or packed in a way that a submission does not use")
        if not member.filename.endswith(".tar") and member.file_size > names.MOST_TEXT:
            raise Refused(f"{member.filename} is {member.file_size} bytes; at most {names.MOST_TEXT} are read")
    total = sum(member.file_size for member in members)
    if total > names.MOST_BYTES:
        raise Refused(f"{total} bytes unpacked; a submission has at most {names.MOST_BYTES}")


def _read(archive: zipfile.ZipFile) -> names.Submission:
    manifest = _member(archive, names.MANIFEST, _manifest)
    found = archive.namelist()
    services = [match[1] for match in map(SERVICE.match, found) if match]
    volumes = [match[1] for match in map(VOLUME.match, found) if match]
    clean = partial(clean_tar, numbers=count())
    workspace = partial(_workspace, clean=clean)
    return names.Submission(
        manifest=manifest,
        events=_log(archive, names.EVENTS, Event),
        trail=_log(archive, names.TRAIL, Command),
        reports=_log(archive, names.REPORTS, Report),
        explanation=_member(archive, names.EXPLANATION, lambda data: data.decode("utf-8")),
        services={name: _service(archive, name, clean) for name in services},
        volumes={name: _member(archive, f"{names.VOLUMES}/{name}.tar", clean) for name in volumes},
        workspace=_member(archive, names.WORKSPACE, workspace) if names.WORKSPACE in found else None,
    )


def _manifest(data: bytes) -> names.Manifest:
    version = msgspec.json.decode(data, type=Versioned).format
    if version != names.FORMAT:
        raise Refused(f"made by another version of Kikori (format {version!r}; this one reads {names.FORMAT})")
    return msgspec.json.decode(data, type=names.Manifest)


def _member(archive: zipfile.ZipFile, name: str, convert: Callable[[bytes], T]) -> T:
    """One member made into what it stands for; no more is unpacked than the table of contents says."""
    if name not in archive.namelist():
        raise Refused(f"{name} is missing")
    try:
        with archive.open(name) as file:
            return convert(file.read(archive.getinfo(name).file_size))
    except Refused:
        raise
    except Exception as problem:  # as above
        raise Refused(f"{name} is damaged: {problem}") from None


def _log(archive: zipfile.ZipFile, name: str, kind: type[T]) -> tuple[T, ...]:
    decoder = msgspec.json.Decoder(kind)
    return _member(archive, name, lambda data: tuple(decoder.decode(line) for line in data.splitlines() if line))


def _service(archive: zipfile.ZipFile, name: str, clean: Callable[[bytes], bytes]) -> EndState:
    paths = _member(archive, f"{names.SERVICES}/{name}.json", partial(msgspec.json.decode, type=names.Paths))
    if len(paths.present) + len(paths.gone) > names.MOST_FILES:
        raise Refused(f"services/{name}.json names more than {names.MOST_FILES} paths")
    for path in (*paths.present, *paths.gone):
        if not path.startswith("/") or ".." in path.split("/") or "\0" in path:
            raise Refused(f"services/{name}.json names {path!r}, which is no path inside a service")
    files = _member(archive, f"{names.SERVICES}/{name}.tar", clean)
    return EndState(present=paths.present, gone=paths.gone, files=files)


def clean_tar(data: bytes, numbers: Iterator[int] | None = None) -> bytes:
    """The same files written anew: no device, no hard link, no sparse file, no path that climbs.

    ``numbers`` counts the files of all tars of a submission.

    Raises:
        Refused: it holds one of these.
    """
    cleaned = io.BytesIO()
    numbers = numbers or count()
    with (
        tarfile.open(fileobj=io.BytesIO(data), mode="r:") as given,
        tarfile.open(fileobj=cleaned, mode="w", format=tarfile.PAX_FORMAT) as written,
    ):
        for member in given:
            if next(numbers) >= names.MOST_FILES:
                raise Refused(f"more than {names.MOST_FILES} files; a submission has at most so many")
            _judge_member(member)
            member.pax_headers = {}
            written.addfile(member, given.extractfile(member) if member.isreg() else None)
    return cleaned.getvalue()


def _judge_member(member: tarfile.TarInfo) -> None:
    if member.type not in KEPT_TYPES or member.issparse():
        raise Refused(f"{member.name!r} is neither a plain file, a folder nor a symbolic link")
    if member.size < 0 or not math.isfinite(member.mtime):  # which Python refuses by itself depends on its version
        raise tarfile.ReadError(f"{member.name!r} has an impossible size or time")
    if member.name.startswith("/") or ".." in member.name.split("/"):
        raise Refused(f"{member.name!r} leads out of its folder")


def _workspace(data: bytes, clean: Callable[[bytes], bytes]) -> bytes:
    """The workspace's tar, cleaned and within its limits; its links stay inside."""
    data = clean(data)
    if len(data) > 2 * names.MOST_WORKSPACE_BYTES:
        raise Refused(f"a workspace of {len(data)} bytes; at most {names.MOST_WORKSPACE_BYTES} are unpacked")
    with tarfile.open(fileobj=io.BytesIO(data)) as given:
        for member in given:
            try:
                tarfile.data_filter(member, "/workspace")
            except tarfile.FilterError as problem:
                raise Refused(f"the workspace: {problem}") from None
    return data


def write_workspace(data: bytes, folder: Path) -> None:
    """Write a workspace's files into a folder.

    Raises:
        Refused: the files don't fit together, such as a file below a file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, OSError) as problem:
        raise Refused(f"the workspace can't be written: {problem}") from None
