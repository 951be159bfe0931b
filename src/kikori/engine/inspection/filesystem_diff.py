"""A service's files as they ended up: taken out of its container, and laid over a fresh one.

``docker diff`` names every path that differs from the image, parent folders too. Files are taken whole, folders by
their own header alone, or a change of one file would drag all of /etc along.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kikori.engine.client import client, translate_errors
from kikori.engine.inspection.archive_stream import archived
from kikori.errors import KikoriError
from kikori.host.base_image import IMAGE
from kikori.model.record import Record

if TYPE_CHECKING:
    from docker.models.containers import Container

ADDED, DELETED = 1, 2
MADE_BY_DOCKER = ("/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/.dockerenv")
KERNELS = ("/dev", "/proc", "/sys")
LOGS = "/var/log/"
KEPT_TYPES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.DIRTYPE, tarfile.SYMTYPE)
MOST_PATHS = 5000
MOST_BYTES = 256 * 2**20


class EndState(Record):
    """What differs from the image: the paths that are there, those that are gone, and a tar of the former."""

    present: tuple[str, ...]
    gone: tuple[str, ...]
    files: bytes


def capture(container: Container) -> EndState:
    """Take the files of a container, running or not, that differ from its image.

    Raises:
        KikoriError: they are more than a submission may hold.
    """
    present, gone = differences(container)
    if len(present) > MOST_PATHS:
        raise KikoriError(
            f"{len(present)} files differ from the image; a submission holds {MOST_PATHS}.", "kikori shell"
        )
    return EndState(present=present, gone=gone, files=capture_paths(container, present))


def capture_paths(container: Container, paths: Iterable[str]) -> bytes:
    """Take some paths of a container, as a tar.

    Raises:
        KikoriError: they are larger than a submission may be.
    """
    with io.BytesIO() as buffer:
        with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for path in paths:
                _add(archive, container, path)
                _refuse_large(buffer.tell(), path)
        return buffer.getvalue()


def differences(container: Container) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paths that were added or changed, and those that were removed, against the image."""
    found = listed(container)
    present = tuple(sorted(path for path, kind in found.items() if kind != DELETED))
    return present, tuple(sorted(path for path, kind in found.items() if kind == DELETED))


def listed(container: Container) -> dict[str, int]:
    """Every path that differs from the image, and whether it was changed, added or deleted.

    The folder on which a volume lies is the engine's: it is there in each container, and may be read-only.
    """
    volumes = {str(mount["Destination"]) for mount in container.attrs["Mounts"]}
    with translate_errors():
        found = {str(row["Path"]): int(row["Kind"]) for row in container.diff() or ()}
    return {path: kind for path, kind in found.items() if counts(path) and path not in volumes}


def counts(path: str) -> bool:
    """Whether a path is a service's own: neither Docker nor the kernel makes it anew in each container."""
    return path not in MADE_BY_DOCKER and not any(path == top or path.startswith(f"{top}/") for top in KERNELS)


def _add(archive: tarfile.TarFile, container: Container, path: str) -> None:
    """Add one path under its own name; pipes, sockets and devices are left out."""
    with archived(container, path) as found:
        if found is None:
            return  # gone since the list was made
        _refuse_large(found.size, path)
        with tarfile.open(fileobj=found.stream, mode="r|") as taken:
            member = taken.next()  # the rest of a folder is not wanted
            if member is not None and member.type in KEPT_TYPES:
                content = taken.extractfile(member) if member.isreg() else None
                member.name, member.pax_headers = path.lstrip("/"), {}
                archive.addfile(member, content)


class Member(Record):
    """What is at a path of a container."""

    access: tuple[int, int, int]
    """Its mode, and the numbers of its owner and its group."""
    data: bytes | None
    """The beginning of a plain file; ``None`` of anything else."""
    size: int


def member_of(container: Container, path: str, most: int) -> Member | None:
    """Read what is at a path, of a plain file a byte more than ``most``; ``None`` where nothing is."""
    with archived(container, path) as found:
        if found is None:
            return None
        with tarfile.open(fileobj=found.stream, mode="r|") as taken:
            member = taken.next()
            if member is None:
                return None
            file = taken.extractfile(member) if member.isreg() else None
            data = file.read(most + 1) if file else None
            return Member(access=(member.mode & 0o7777, member.uid, member.gid), data=data, size=member.size)


def file_of(container: Container, path: str, most: int) -> bytes | None:
    """A plain file's content; ``None`` where there is none, or one that is larger than ``most`` bytes."""
    found = member_of(container, path, most)
    return found.data if found and found.size <= most else None


def _refuse_large(size: int, path: str) -> None:
    if size > MOST_BYTES:
        raise KikoriError(f"{path}: with it the end state is over {MOST_BYTES // 2**20} MiB.", "kikori shell")


def take_away(container: Container, state: EndState, before: Mapping[str, int]) -> None:
    """Remove from a fresh, running container what an end state lacks, such as what a fault added to it.

    ``before`` is what differs from the image now, as ``listed`` gives it: the engine walks all files for it. Of that
    only what was added goes: a folder of the image in which a file was made and deleted again is in no such list.
    """
    kept = set(state.present)
    fresh = (path for path, kind in sorted(before.items()) if kind == ADDED and path not in kept)
    _remove(container, [*state.gone, *fresh])


def lay_on(container: Container, state: EndState) -> None:
    """Put an end state's files into a container that is at rest."""
    if state.files:
        with translate_errors():
            container.put_archive("/", state.files)


def untouched(calm: Mapping[str, int], broken: Mapping[str, int], state: EndState) -> list[str]:
    """Paths of the image that a fault changed in a container and that an end state knows nothing of.

    An image's file that was touched once stays in the list of differences, whatever becomes of it; so an end state
    without it comes from a container in which the fault never was. What differed before the fault, and logs, are no
    sign of it: a program that starts on a busy day complains of what it does not see on another.
    """
    changed = {path for path, kind in broken.items() if kind != ADDED and calm.get(path) != kind}
    replaced = {*state.gone, *_links(state)}
    known = {*state.present, *state.gone}
    return [
        path
        for path in sorted(changed - known)
        if not (path + "/").startswith(LOGS) and not replaced & {*map(str, PurePosixPath(path).parents)}
    ]


def _links(state: EndState) -> set[str]:
    with tarfile.open(fileobj=io.BytesIO(state.files)) as files:
        return {f"/{member.name}" for member in files if member.issym()}


def _remove(container: Container, paths: Iterable[str]) -> None:
    chosen = [path for path in paths if path.count("/") >= 1 and path != "/"]
    with translate_errors():
        for start in range(0, len(chosen), 200):
            container.exec_run(["rm", "-rf", "--", *chosen[start : start + 200]], user="0")


def capture_volume(container: Container, place: str) -> bytes:
    """All files of a volume, taken through a container that it is mounted in.

    Raises:
        KikoriError: they are more than a submission may hold.
    """
    data = io.BytesIO()
    with translate_errors(), archived(container, f"{place}/.") as found:
        if found is None:
            raise KikoriError(f"{place} is gone from its container.", "kikori reset")
        for chunk in found.stream.chunks:
            data.write(chunk)
            _refuse_large(data.tell(), place)
    return data.getvalue()


def fill_volume(volume: str, files: bytes) -> None:
    """Replace all that is in a volume, through a container of ours that never runs anything of the learner's."""
    wipe = ["find", "/volume", "-mindepth", "1", "-delete"]
    mount = {volume: {"bind": "/volume", "mode": "rw"}}
    with translate_errors():
        helper = client().containers.create(
            IMAGE, wipe, entrypoint="", volumes=mount, network_mode="none", user="0", labels=_labels_of(volume)
        )
        try:
            helper.start()
            helper.wait(timeout=60)
            helper.put_archive("/volume", files)
        finally:
            helper.remove(force=True)


def _labels_of(volume: str) -> dict[str, str]:
    """The volume's project, so that a sweep finds the container too, should we be killed."""
    name = "com.docker.compose.project"
    labels = client().volumes.get(volume).attrs["Labels"] or {}
    return {name: labels[name]} if name in labels else {}
