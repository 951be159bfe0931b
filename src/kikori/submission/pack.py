"""An attempt packed into one file."""

from __future__ import annotations

import io
import tarfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import msgspec

from kikori import __version__
from kikori.attempts import Store
from kikori.attempts.lab_events import kept
from kikori.engine import Project
from kikori.engine.inspection.filesystem_diff import EndState, capture
from kikori.errors import EnvironmentProblem, WorkspaceProblem
from kikori.model import Attempt
from kikori.submission import format as names
from kikori.submission.format import Refused
from kikori.submission.tar_writer import host_members


def pack(store: Store, project: Project, folder: Path, suffix: str = names.SUFFIX) -> Path:
    """Write the submission of an attempt; the file is whole or not there.

    Raises:
        EnvironmentProblem: the folder can't be written, or a container is gone.
        KikoriError: the end state or the workspace is larger than a submission may be.
    """
    attempt = project.attempt
    target = folder / f"{attempt.lab}-{file_name(attempt.learner)}-{attempt.id[-6:]}{suffix}"
    half = target.with_suffix(".part")  # a name of its own would stay behind after a power cut
    try:
        with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as archive:
            _write(archive, store, project)
        half.replace(target)
    except OSError as problem:
        raise EnvironmentProblem(
            f"{target}: can't be written: {problem.strerror}", "kikori submit --to FOLDER"
        ) from None
    finally:
        half.unlink(missing_ok=True)
    return target


def _write(archive: zipfile.ZipFile, store: Store, project: Project) -> None:
    attempt = project.attempt
    archive.writestr(names.MANIFEST, msgspec.json.format(msgspec.json.encode(manifest_of(project)), indent=1))
    archive.writestr(names.EVENTS, _lines(store.events(attempt)))
    archive.writestr(names.TRAIL, _lines(store.trail(attempt)))
    archive.writestr(names.REPORTS, _lines(store.reports(attempt)))
    if project.lab.about.events:
        archive.writestr(names.LAB_EVENTS, _lines(kept(store, attempt)))
    archive.writestr(names.EXPLANATION, _explanation(store, attempt))
    with project.frozen():
        states = {service: capture(project.container(service)) for service in project.lab_compose.laid}
        volumes = project.volumes()
    for service, state in states.items():
        _write_service(archive, service, state)
    for name, data in volumes.items():
        archive.writestr(f"{names.VOLUMES}/{name}.tar", data)
    if attempt.workspace:
        archive.writestr(names.WORKSPACE, workspace_tar(Path(attempt.workspace)))


def manifest_of(project: Project) -> names.Manifest:
    """What a submission says about itself."""
    attempt = project.attempt
    return names.Manifest(
        format=names.FORMAT,
        lab=attempt.lab,
        content=names.content_of(project.lab),
        learner=attempt.learner,
        seed=attempt.seed,
        fault=attempt.fault,
        attempt=attempt.id,
        created=time.time(),
        kikori=__version__,
        cohort=attempt.cohort,
        number=attempt.number,
    )


def file_name(learner: str) -> str:
    """Write a learner's name as a part of a file name."""
    return "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in learner)[:40] or "learner"


def _lines(records: Iterable[msgspec.Struct]) -> bytes:
    return b"".join(msgspec.json.encode(record) + b"\n" for record in records)


def _explanation(store: Store, attempt: Attempt) -> bytes:
    file = store.folder(attempt.id) / "explanation.md"
    return file.read_bytes() if file.is_file() else b""


def _write_service(archive: zipfile.ZipFile, service: str, state: EndState) -> None:
    paths = names.Paths(present=state.present, gone=state.gone)
    archive.writestr(f"{names.SERVICES}/{service}.json", msgspec.json.encode(paths))
    archive.writestr(f"{names.SERVICES}/{service}.tar", state.files)


def workspace_tar(folder: Path) -> bytes:
    """The learner's folder as a tar of plain files, folders, and links that stay inside.

    Raises:
        WorkspaceProblem: it holds something else, or too much.
    """
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for number, path in enumerate(_work(folder)):
            size = buffer.tell() + path.lstat().st_size
            if number >= names.MOST_WORKSPACE_FILES or size > names.MOST_WORKSPACE_BYTES:
                raise WorkspaceProblem(f"{folder}: more than a submission may hold; move what is not part of the work.")
            if path.is_symlink() and not _stays_inside(path, folder):
                raise WorkspaceProblem(f"{path}: a link out of the workspace; put the file itself there.")
            if not (path.is_symlink() or path.is_dir() or path.is_file()):
                raise WorkspaceProblem(f"{path}: neither a file, a folder nor a link; move it out of the workspace.")
            archive.inodes = {}  # type: ignore[attr-defined]  # so that a second name of a file is a file of its own
            archive.add(path, str(path.relative_to(folder)), recursive=False, filter=_nobodys)
    _refuse_unwritable(folder, buffer.getvalue())
    return buffer.getvalue()


def _work(folder: Path) -> list[Path]:
    """All that is the learner's work: not the repository, which is the lab's, and may be large."""
    return [path for path in sorted(folder.rglob("*")) if path.relative_to(folder).parts[0].lower() != names.REPOSITORY]


def _refuse_unwritable(folder: Path, packed: bytes) -> None:
    """Refuse here what an instructor's machine would refuse: too long a path, a link through a link."""
    try:
        host_members(packed)
    except Refused as problem:
        raise WorkspaceProblem(f"{folder}: {problem.message}; a submission can't hold it.") from None


def _stays_inside(link: Path, folder: Path) -> bool:
    try:
        target = link.resolve()
    except RuntimeError:  # a link to itself, before Python 3.13
        return False
    inside = target.is_relative_to(folder.resolve()) and not target.is_symlink()
    return inside and not link.readlink().is_absolute()


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """The member without the names and numbers of whoever owns it on the learner's machine."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member
