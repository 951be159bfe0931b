"""Where keys lie: the database holds a hash of each, and what hashes to it in a file is the key."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import quote, unquote

from kikori.grading import File, Scene

PLACES = ("/etc", "/home", "/opt", "/root", "/run", "/srv", "/tmp", "/usr/local", "/var")  # noqa: S108  # it is searched
BETWEEN = re.compile(r"[\s\"'`]+")
WITHIN = re.compile(r"[=:@;,/&?(){}\[\]<>|]")
LARGEST = 65536
MOST_PARTS = 14
SHORTEST = 16
"""Letters that a key has at least."""
SHARED = 8
"""Letters in a row that two keys which nobody derived from each other do not share."""


def hashed(key: str) -> str:
    """What MariaDB holds of a key (mysql_native_password)."""
    return "*" + hashlib.sha1(hashlib.sha1(key.encode()).digest()).hexdigest().upper()  # noqa: S324  # it is MariaDB's


def parts(text: str) -> Iterator[str]:
    """All that may be a key in a text: words, and what stands between two marks of a word."""
    for word in set(BETWEEN.split(text)):
        marks = [-1, *[one.start() for one in WITHIN.finditer(word)][:MOST_PARTS], len(word)]
        yield from {word[a + 1 : b] for a in marks for b in marks if b - a > 5}
    yield from text.splitlines()


def forms(part: str) -> Iterator[str]:
    """A part as it stands, without the signs of a URL, and out of base64."""
    yield part
    if "%" in part:
        yield unquote(part)
    try:
        yield base64.b64decode(part, validate=True).decode().strip()
    except ValueError:
        return


def found_in(text: str, wanted: set[str]) -> dict[str, str]:
    """The keys in a text, by what the database holds of them."""
    seen = {hashed(form): form for part in parts(text) for form in forms(part)}
    return {held: seen[held] for held in wanted & seen.keys()}


def written(key: str) -> set[str]:
    """How a key may be written down."""
    return {key, quote(key, safe=""), quote(key, safe="/"), base64.b64encode(key.encode()).decode().rstrip("=")}


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
    """All users of a service but root, with their groups."""
    groups = [line.split(":") for line in scene.read(service, "/etc/group").splitlines() if line.count(":") == 3]
    found = []
    for line in scene.read(service, "/etc/passwd").splitlines():
        name, _, uid, gid, *_ = [*line.split(":"), "", "", "", ""]
        if uid.isdecimal() and gid.isdecimal() and uid != "0":
            more = {int(one[2]) for one in groups if name in one[3].split(",")}
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


def drawn_from_little(seconds: Iterable[int], names: Iterable[str]) -> set[str]:
    """The first letters of hashes that come of a shell's RANDOM, or of the time, with a name before it or behind."""
    told = [str(number) for number in range(32768)]
    told += [form for at in seconds for name in names for form in (f"{name}{at}", f"{name}-{at}", f"{at}{name}")]
    ways = (hashlib.md5, hashlib.sha1, hashlib.sha256)
    return {
        way(text.encode() + end, usedforsecurity=False).hexdigest()[:SHORTEST]
        for text in dict.fromkeys(told)
        for way in ways
        for end in (b"\n", b"")
    }


def shared(one: str, other: str) -> str:
    """The first letters in a row that two keys share, where they are too many; nothing where they are not."""
    return next((piece for i in range(len(one) - SHARED + 1) if (piece := one[i : i + SHARED]) in other), "")
