"""Where keys lie: the database holds a hash of each, and what hashes to it in a file is the key."""

from __future__ import annotations

import base64
import hashlib
import os.path
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import quote, unquote

from kikori.grading import File, Scene

PLACES = (
    "/dev/shm", "/etc", "/home", "/opt", "/root", "/run", "/srv", "/tmp", "/usr/local", "/var",  # noqa: S108  # searched
)  # fmt: skip
BETWEEN = re.compile(r"[\s\"'`]+")
CODED = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
WITHIN = re.compile(r"[=:@;,/&?(){}\[\]<>|]")
GONE = 2
"""How the engine says that the image had it."""
LARGEST = 65536
MOST_PARTS = 14
SHARED = 8
"""Letters in a row that two keys which nobody derived from each other do not share."""


def hashed(key: str) -> str:
    """What MariaDB holds of a key (mysql_native_password)."""
    return "*" + hashlib.sha1(hashlib.sha1(key.encode()).digest()).hexdigest().upper()  # noqa: S324  # it is MariaDB's


def decoded(text: str) -> Iterator[str]:
    """A text as it is, and what its words say that are in base64 or in the figures of bytes."""
    yield text
    for word in {*CODED.findall(text), *CODED.findall("".join(text.split()))}:
        for way in (base64.b64decode, bytes.fromhex):
            with suppress(ValueError):
                yield way(word).decode()


def parts(text: str) -> Iterator[str]:
    """All that may be a key in a text: words, and what stands between two marks of a word."""
    for word in set(BETWEEN.split(text)):
        marks = [-1, *[one.start() for one in WITHIN.finditer(word)][:MOST_PARTS], len(word)]
        yield from {word[a + 1 : b] for a in marks for b in marks if b - a > 5}
    yield from text.splitlines()


def found_in(text: str, wanted: set[str]) -> dict[str, str]:
    """The keys in a text, by what the database holds of them."""
    told = {part for form in decoded(text) for part in parts(form)}
    seen = {hashed(part): part for part in told | set(map(unquote, told))}
    return {held: seen[held] for held in wanted & seen.keys()}


def written(key: str) -> set[str]:
    """How a key may be written down, among other letters too."""
    urls = {quote(key, safe=""), quote(key, safe="/")}
    coded = {
        base64.b64encode(b"\0" * before + key.encode()).decode()[(before * 8 + 5) // 6 : (before + len(key)) * 8 // 6]
        for before in range(3)
    }
    return {key, key.encode().hex(), *urls, *(url.replace("%", "%25") for url in urls), *coded}


def texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """The files of the workspace, by their names, hidden ones too."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= 16 * LARGEST:
            yield str(path.relative_to(folder)), path.read_text(encoding="utf-8", errors="replace")


def kept_files(scene: Scene, service: str) -> list[str]:
    """The plain files in a service's volumes: what the next deploy has, too."""
    mounts = [mount["Destination"] for mount in scene.inspect(service)["Mounts"]]
    held = scene.sidecar(service).files(*mounts) if mounts else ()
    return [one.path for one in held if one.kind == "file" and one.size <= LARGEST]


def keys_of(scene: Scene, service: str, wanted: set[str]) -> dict[str, str]:
    """The keys of accounts that can be read in a service's volumes or in the workspace, by what the database holds."""
    texts = [text for _, text in texts_of(scene.workspace)]
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


def without_prefix(keys: Iterable[str]) -> dict[str, str]:
    """Keys without the letters with which all of them begin: those tell what it is, and nothing of the key."""
    several = list(keys)
    begin = len(os.path.commonprefix(several)) if len(several) > 1 else 0  # noqa: RUF071  # of letters, as it says
    return {key: key[begin:] for key in several}


def shared(one: str, other: str) -> str:
    """The first letters in a row that two keys share, where they are too many; nothing where they are not."""
    return next((piece for i in range(len(one) - SHARED + 1) if (piece := one[i : i + SHARED]) in other), "")
