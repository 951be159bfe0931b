"""Programs that checks run inside a service: told where an end state put others in their place.

A check asks ``ps`` or ``find`` in the learner's container, where a liar could sit. What the engine itself says of the
container's files shows whether these programs are still the ones that the lab came with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kikori.model import Lab
from kikori.runtime.endstate import ADDED, DELETED, file_of, listed
from kikori.runtime.inside import digest_at, entry_of

if TYPE_CHECKING:
    from docker.models.containers import Container

OWN = ("/usr/local/sbin", "/usr/local/bin")
"""Where programs come first that Debian has no hand in: a lab's, and a learner's."""
PATH = (*OWN, "/usr/sbin", "/usr/bin", "/sbin", "/bin")
KEPT = ("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/lib", "/usr/lib64", "/lib", "/lib64")
"""Where nobody changes a file of the image but a package manager."""
LOADER = ("/etc/ld.so.preload", "/etc/ld.so.cache", "/etc/ld.so.conf")
ALWAYS = frozenset({"sh", "dash"})
"""Every look inside begins with them."""
LOCALS = re.compile(rb"^passwd:(?!(\s+(files|compat|systemd))+\s*$)", re.MULTILINE)
"""A line of nsswitch.conf by which somebody else would say who is called what."""
LARGEST = 2**20


def words_of(lab: Lab) -> frozenset[str]:
    """What a lab's checks name, programs among it."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(lab.graders.rglob("*.py"))]
    return ALWAYS.union(*(re.findall(r"[\w+-]+", text) + re.findall(r"[\w+-]+\.[\w.]+", text) for text in texts))


def replaced(container: Container, words: Set[str], before: Mapping[str, int]) -> str:
    """The first thing in a service that makes its programs no witnesses any more; empty where there is none.

    ``before`` is what differed from the image before the end state was laid on: what a fault changed is the lab's own.
    """
    found = {path: kind for path, kind in listed(container).items() if before.get(path) != kind}
    suspects = (path for path, kind in found.items() if _is_suspect(container, path, kind, words, found))
    return next(suspects, "") or renamed(container)


def _is_suspect(container: Container, path: str, kind: int, words: Set[str], found: Mapping[str, int]) -> bool:
    place = PurePosixPath(path)
    if path in LOADER or str(place.parent) == "/etc/ld.so.conf.d":
        return True
    if kind == ADDED:
        return place.name in words and str(place.parent) in PATH and _hides_another(container, place)
    if kind == DELETED:
        return _is_below(path, KEPT) and (place.name in words or ".so" in place.name or path in KEPT)
    if not (_is_below(path, KEPT) or (str(place.parent) in OWN and place.name in words) or path in ("/usr", *OWN)):
        return False
    return not any(other.startswith(f"{path}/") for other in found) and not _is_folder(container, path)


def _is_below(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


def _is_folder(container: Container, path: str) -> bool:
    entry = entry_of(container, path, read=False)
    return entry is None or entry.kind == "folder"


def _hides_another(container: Container, place: PurePosixPath) -> bool:
    """Whether a program of that name comes later on the path."""
    later = PATH[PATH.index(str(place.parent)) + 1 :]
    return any(entry_of(container, f"{folder}/{place.name}", read=False) for folder in later)


def renamed(container: Container) -> str:
    """The file by which root would be called something else, so that ``ps`` and ``stat`` name nobody rightly."""
    accounts = file_of(container, "/etc/passwd", LARGEST) or b""
    rows = [line.split(b":") for line in accounts.splitlines() if line.count(b":") >= 2]
    if any((row[0] == b"root") != (row[2].lstrip(b"0") == b"") for row in rows):
        return "/etc/passwd"
    names = file_of(container, "/etc/nsswitch.conf", LARGEST) or b""
    return "/etc/nsswitch.conf" if LOCALS.search(names) else ""


TOOLS = frozenset({
    "awk", "bash", "cat", "cmp", "curl", "cut", "dash", "df", "du", "env", "find", "getent", "grep", "head", "id", "ip",
    "ls", "md5sum", "pgrep", "pidof", "ps", "python3", "readlink", "sed", "sh", "sha256sum", "sort", "ss", "stat",
    "tail", "test", "timeout", "tr", "uniq", "wc", "xargs",
})  # fmt: skip
"""What checks use in a service whose image a learner builds."""
LIBRARIES = (
    "libc.so.6", "libcap.so.2", "libelf.so.1", "libm.so.6", "libpcre2-8.so.0", "libproc2.so.0", "libselinux.so.1",
    "libsystemd.so.0", "libtinfo.so.6", "libz.so.1",
)  # fmt: skip
"""What these are linked with."""
SEEN: dict[tuple[str, frozenset[str]], tuple[tuple[tuple[str, ...], str], ...]] = {}
"""What images have in the places of these tools, by their ids."""
CACHED = re.compile(rb"/[\x21-\x7e]+")


def exchanged(container: Container, originals: Container, words: Set[str]) -> str:
    """The first program of a learner's own image that is not the one of the image that the lab began with.

    What a learner left out or built from elsewhere under a name of its own is no business of this.
    """
    if entry_of(container, "/etc/ld.so.preload", read=False):
        return "/etc/ld.so.preload"
    for path, wanted in _known(originals, frozenset(TOOLS & words)):
        seen = next(filter(None, map(partial(digest_at, container), path)), "")
        if seen and seen != wanted:
            return path[-1]
    return renamed(container)


def _known(originals: Container, names: frozenset[str]) -> Iterable[tuple[tuple[str, ...], str]]:
    """The witnesses of an image, read once in a process: its id names its content."""
    image = getattr(originals.image, "id", "")
    if (image, names) not in SEEN:
        SEEN[image, names] = tuple(_witnesses(originals, names))
    return SEEN[image, names]


def _witnesses(originals: Container, words: Set[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each program and library: where it may be, the place that comes first too, and what is in it."""
    for name in sorted(words):
        places = tuple(f"{folder}/{name}" for folder in PATH)
        if wanted := next(filter(None, map(partial(digest_at, originals), places)), ""):
            yield places, wanted
    cache = file_of(originals, "/etc/ld.so.cache", LARGEST) or b""
    for place in sorted(set(map(bytes.decode, CACHED.findall(cache)))):
        known = PurePosixPath(place).name in LIBRARIES or "/ld-linux" in place
        if known and (wanted := digest_at(originals, place)):
            yield (place,), wanted
