"""Where keys lie on the server and in the workspace, and who can read them there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from words import found_in

from kikori.grading import File, Scene, unpacked

PLACES = (
    "/dev/shm", "/etc", "/home", "/opt", "/root", "/run", "/srv", "/tmp", "/usr/local", "/var",  # noqa: S108  # searched
)  # fmt: skip
GONE = 2
"""How the engine says that the image had it."""
LARGEST = 65536
MOST_LOOKED_INTO = 300
"""Files that are unpacked at most: a server has a dozen that its image has not."""
MOST = 4 << 20
"""Bytes that are unpacked of each."""


def texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """The files of the workspace, by their names, hidden ones too."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= 16 * LARGEST:
            yield str(path.relative_to(folder)), path.read_text(encoding="utf-8", errors="replace")


def packed_in_workspace(folder: Path, words: set[str]) -> list[str]:
    """The files of the workspace that hold one of these words, packed or not."""
    wanted = [one.encode() for one in words]
    return [name for name, _ in texts_of(folder) if holds((folder / name).read_bytes(), wanted)]


def holds(data: bytes, words: Collection[bytes]) -> bool:
    """Whether one of these words is in some bytes, also where they are packed."""
    return any(word in one for one in unpacked(data, MOST) for word in words)


def packed_in(scene: Scene, service: str, words: set[str]) -> list[str]:
    """The files that a service's image has not, or not so, and that hold one of these words, packed or not."""
    sidecar, wanted = scene.sidecar(service), [one.encode() for one in words]
    mounts = [mount["Destination"] for mount in scene.inspect(service)["Mounts"]]
    there = {one.path: one for one in (*sidecar.files(*mounts, "/dev/shm"), *sidecar.at(*changed(scene, service)))}  # noqa: S108  # searched
    plain = (one.path for one in there.values() if one.kind == "file" and one.size <= 16 * LARGEST)
    looked_into = islice(plain, MOST_LOOKED_INTO)
    return [path for path in looked_into if holds(sidecar.read(path, 16 * LARGEST) or b"", wanted)]


def kept_files(scene: Scene, service: str) -> list[str]:
    """The plain files in a service's volumes: what the next deploy has, too."""
    mounts = [mount["Destination"] for mount in scene.inspect(service)["Mounts"]]
    held = scene.sidecar(service).files(*mounts) if mounts else ()
    return [one.path for one in held if one.kind == "file" and one.size <= LARGEST]


def keys_of(scene: Scene, service: str, wanted: set[str], more: Iterable[str]) -> dict[str, str]:
    """The keys in a service's volumes, in the workspace and in more texts, by what the database holds."""
    texts = [*more, *(text for _, text in texts_of(scene.workspace))]
    for path in kept_files(scene, service):
        content = scene.sidecar(service).read(path, LARGEST)
        texts.append((content or b"").decode("utf-8", "replace"))
    found: dict[str, str] = {}
    for text in texts:
        found |= found_in(text, wanted)
    return found


class User(NamedTuple):
    """A user of the server."""

    name: str
    uid: int
    gids: frozenset[int]


def users(scene: Scene, service: str) -> list[User]:
    """All users of a service but root, whatever their numbers, with the groups that they and their processes have."""
    groups = [line.split(":") for line in scene.read(service, "/etc/group").splitlines() if line.count(":") == 3]
    running = scene.sidecar(service).processes()
    found = []
    for line in scene.read(service, "/etc/passwd").splitlines():
        name, _, uid, gid, *_ = [*line.split(":"), "", "", "", ""]
        if uid.isdecimal() and gid.isdecimal() and name != "root":
            more = {int(one[2]) for one in groups if name in one[3].split(",")}
            more |= {group for one in running if int(uid) in one.uids for group in one.gids}
            found.append(User(name, int(uid), frozenset({int(gid), *more})))
    return found


def allows(one: File, user: User, bit: int) -> bool:
    """Whether a file's mode lets a user do what a bit says: 4 reads, 1 goes through."""
    shift = 6 if one.owner == user.uid else 3 if one.group in user.gids else 0
    return bool(one.mode >> shift & bit)


def readers(scene: Scene, service: str, path: str, everybody: Iterable[User]) -> list[str]:
    """The users of a service, root apart, who can read a file."""
    above = [str(one) for one in PurePosixPath(path).parents]
    told = {one.path: one for one in scene.sidecar(service).at(path, *above)}
    way = [told[one] for one in above if one in told]
    return [
        user.name
        for user in everybody
        if path in told and allows(told[path], user, 4) and all(allows(one, user, 1) for one in way)
    ]


def changed(scene: Scene, service: str) -> list[str]:
    """What lies in a service's container, outside its volumes, and is not as its image has it."""
    return sorted(str(row["Path"]) for row in scene.container(service).diff() or () if row["Kind"] != GONE)


def places(scene: Scene, service: str) -> list[str]:
    """Where files of a service may lie that somebody wrote: the usual places, and what is new elsewhere."""
    new, searched = changed(scene, service), tuple(f"{one}/" for one in PLACES)
    folders = {str(one) for path in new for one in PurePosixPath(path).parents}
    return [*PLACES, *(path for path in new if path not in {*PLACES, *folders} and not path.startswith(searched))]
