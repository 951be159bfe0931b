"""Who may do what on a host: at its ports, in its files, and with its secret."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kikori.grading import File, Process

LISTENING = "0A"
STARTED = re.compile(r"/etc/(service|sv|runit|rc\.d|init\.d|cron\.[a-z]+|crontab|nginx)(/.*)?")
"""What root carries out."""
READ, WRITE, OTHERS_WRITE, AS_OWNER = 0o004, 0o002, 0o022, 0o6000
"""What everybody may, or the group as well; and what makes a program run as somebody else than its caller."""


class Door(NamedTuple):
    """A place at which somebody listens."""

    host: str
    port: int
    inode: str


def doors(*tables: str) -> list[Door]:
    """Read the kernel's tables ``tcp`` and ``tcp6``."""
    rows = [line.split() for table in tables for line in table.splitlines()[1:]]
    return [Door(*_place(row[1]), row[9]) for row in rows if len(row) > 9 and row[3] == LISTENING]


def _place(text: str) -> tuple[str, int]:
    host, _, port = text.partition(":")
    words = [host[at : at + 8] for at in range(0, len(host), 8)]
    swapped = "".join(word[at : at + 2] for word in words for at in (6, 4, 2, 0))
    if len(host) == 8:
        return ".".join(str(int(swapped[at : at + 2], 16)) for at in range(0, 8, 2)), int(port, 16)
    return ("::" if not swapped.strip("0") else swapped.lower()), int(port, 16)


def strange_doors(found: Iterable[Door], wanted: Iterable[int], judges: Iterable[int]) -> list[int]:
    """Ports that are open and that nobody needs; the judge's own are left out."""
    known = {*wanted, *judges, 22}
    return sorted({one.port for one in found if one.port not in known})


Opened = Mapping[int, Sequence[str]]
"""What each process has open."""


def holders(port: int, found: Iterable[Door], open_by: Opened) -> set[int]:
    """Numbers of the processes that hold a port."""
    sockets = {f"socket:[{one.inode}]" for one in found if one.port == port}
    return {pid for pid, names in open_by.items() if sockets & {*names}}


def users_at(port: int, found: Iterable[Door], open_by: Opened, processes: Iterable[Process]) -> set[int]:
    """Numbers of the users whose processes hold a port."""
    there = holders(port, found, open_by)
    return {uid for one in processes if one.pid in there for uid in one.uids}


def above(path: str) -> list[str]:
    """The folders on the way to a path, but for the root."""
    return [str(one) for one in PurePosixPath(path).parents][:-1]


def folders_of_others(folders: Iterable[File], owner: int) -> list[str]:
    """Folders on the way to a file in which somebody else than its owner and root can put another in its place."""
    return [one.path for one in folders if one.owner not in (0, owner) or one.mode & WRITE]


def open_to_all(files: Mapping[str, File], folders: Mapping[str, File], bit: int) -> list[str]:
    """Files that everybody gets to and may read or write; ``folders`` are those on the way."""
    shut = {path for path, one in folders.items() if not one.mode & 0o001}
    loose = [path for path, one in files.items() if one.kind == "file" and one.mode & bit]
    return sorted(path for path in loose if not shut & {str(folder) for folder in PurePosixPath(path).parents})


def are_apart(users: Mapping[str, int], names: Iterable[str]) -> bool:
    """Whether each of some names is an account of its own, and none is root."""
    numbers = [users.get(name, 0) for name in names]
    return 0 not in numbers and len({*numbers}) == len(numbers)


def roots_but_not_safe(files: Mapping[str, File]) -> list[str]:
    """What root carries out and somebody else may change, and what makes others root."""
    return sorted(
        path
        for path, one in files.items()
        if one.kind in ("file", "folder") and "/supervise" not in path
        if (one.kind == "file" and one.mode & AS_OWNER)
        or (STARTED.fullmatch(path) and (one.owner != 0 or one.mode & WRITE or (one.mode & 0o020 and one.group != 0)))
    )
