"""Who may read and change what lies on the vault, and where something may have been laid there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from kikori.grading import SYSTEM, File, Scene, Sidecar

JOB = "backup-job"
PLACES = (
    "/etc", "/root", "/srv", "/home", "/backup", "/opt", "/usr/local", "/tmp", "/var",  # noqa: S108
    "/run", "/mnt", "/media", "/dev/shm",  # noqa: S108
)  # fmt: skip
READ, WRITE, ENTER = 4, 2, 1
User = tuple[int, frozenset[int]]
"""A user's number, and those of the groups that it is in."""


def places(scene: Scene, beside: Sidecar) -> list[str]:
    """Where somebody may have laid a file: the usual places, what is new at the top, and files among the system's."""
    new = [str(row["Path"]) for row in scene.container("vault").diff() or ()]
    top = [path for path in new if path.count("/") == 1 and path not in (*SYSTEM, "/dev", "/proc", "/sys")]
    among = [path for path in new if is_below(path, SYSTEM) and not is_below(path, PLACES)]
    files = [one.path for one in beside.at(*among) if one.kind == "file"]
    return [*PLACES, *(path for path in top if path not in PLACES), *files]


def is_below(path: str, above: Iterable[str]) -> bool:
    """Whether a path is one of some places, or lies below one."""
    return any(PurePosixPath(path).is_relative_to(place) for place in above)


def open_to_others(beside: Sidecar, paths: list[str], right: int) -> list[str]:
    """Those of some files and folders that somebody but root and the job can get to, and may read or change."""
    above = {str(folder) for path in paths for folder in PurePosixPath(path).parents}
    folders = {one.path: one for one in beside.at(*above) if one.kind == "folder"}
    found = [one for one in beside.at(*paths) if one.kind in ("file", "folder")]
    users = others(beside)
    return [one.path for one in found if any(can(who, right, one, folders) for who in users)]


def can(who: User, right: int, file: File, folders: Mapping[str, File]) -> bool:
    """Whether a user has a right on a file or folder, and gets to it through all folders above."""
    above = [str(folder) for folder in PurePosixPath(file.path).parents]
    return may(who, file, right) and all(may(who, folders[one], ENTER) for one in above if one in folders)


def may(who: User, file: File, right: int) -> bool:
    """Whether a user has a right on a file or folder, as the kernel decides it."""
    number, groups = who
    shift = 6 if file.owner == number else 3 if file.group in groups else 0
    return bool(file.mode >> shift & right)


def others(beside: Sidecar) -> list[User]:
    """The users of the vault but root and the job, and somebody whom it does not know."""
    groups = [(int(one[2]), one[3].split(",")) for one in rows(beside, "/etc/group", 4)]
    found: list[User] = [(-1, frozenset())]
    for name, _, number, group, *_ in rows(beside, "/etc/passwd", 7):
        if name != JOB and int(number) and group.isdigit():
            found.append((int(number), frozenset({int(group), *(one for one, names in groups if name in names)})))
    return found


def rows(beside: Sidecar, path: str, fields: int) -> Iterator[list[str]]:
    """The lines of a list of users or groups that say all that they should, in their parts."""
    for line in (beside.read(path) or b"").decode("utf-8", "replace").splitlines():
        words = line.split(":")
        if len(words) == fields and words[2].isdigit():
            yield words
