"""Who gets as far as the counter's programs: by a socket or a pipe of its computer, or from another computer."""

from collections.abc import Iterable
from itertools import chain
from pathlib import PurePosixPath

from kikori.grading import File, Scene

OFFERED = {("tcp", 8080)}  # customers come in here, and nobody else has to come in at all
TABLES = ("tcp", "tcp6", "udp", "udp6")
LISTENS, UNCONNECTED = "0A", "07"  # a state of TCP; UDP has no better word for who waits for anybody
LOOPBACK = ("00000000000000000000000001000000", "0000000000000000FFFF00000100007F")  # ::1, ::ffff:127.0.0.1
WRITE, PASS = 0o002, 0o001  # what everybody may do: write to it, and go through a folder
NAMED = 7  # words of a row of /proc/net/unix before the name, if it has one
# Where a program may put a socket or a pipe; what is listened at elsewhere the kernel tells.
IN_MEMORY = ("/tmp", "/dev/shm")  # noqa: S108  # nothing is put there
PLACES = ("/srv", "/opt", "/etc", "/usr/local", "/var", "/run", "/home", "/root", *IN_MEMORY)


def from_outside(kind: str, table: str) -> set[tuple[str, int]]:
    """Read from a table such as /proc/net/tcp where other computers get in: protocol and port."""
    found = set[tuple[str, int]]()
    for line in table.splitlines()[1:]:
        _, local, remote, state, *_ = line.split()
        address, _, port = local.rpartition(":")
        if address in LOOPBACK or (len(address) == 8 and address.endswith("7F")):
            continue
        if state == (LISTENS if kind == "tcp" else UNCONNECTED) and not int(remote.rpartition(":")[2], 16):
            found.add((kind, int(port, 16)))
    return found


def not_offered(scene: Scene) -> set[tuple[str, int]]:
    """Find where other computers get in beside the counter's own port."""
    beside = scene.sidecar("counter")
    return set[tuple[str, int]]().union(*(from_outside(one[:3], beside.network(one)) for one in TABLES)) - OFFERED


def names(table: str) -> list[str]:
    """Read from /proc/net/unix the names that sockets have; one that begins with @ is in no folder."""
    rows = (line.split(maxsplit=NAMED) for line in table.splitlines()[1:])
    return sorted({row[NAMED] for row in rows if len(row) > NAMED})


def folders_of(path: str) -> list[str]:
    """Name the folders through which a path leads."""
    return [str(one) for one in PurePosixPath(path).parents]


def are_passed(folders: Iterable[str], modes: dict[str, int]) -> bool:
    """Whether everybody may go through all of these folders, as far as one is there."""
    return all(modes.get(one, 0) & PASS for one in folders)


def doors_for_all(scene: Scene) -> list[tuple[str, int]]:
    """Find the sockets and pipes that everybody on the counter's computer may write to, with their modes."""
    beside = scene.sidecar("counter")
    told = names(beside.network("unix"))
    found: dict[str, File] = {
        one.path: one
        for one in chain(beside.files(*PLACES), beside.at(*(name for name in told if name.startswith("/"))))
        if one.kind == "other" and one.is_open_to(WRITE)
    }
    above = sorted({folder for path in found for folder in folders_of(path)})
    modes = {one.path: one.mode for one in beside.at(*above)} if above else {}
    nowhere = [(name, 0o777) for name in told if name.startswith("@")]
    return nowhere + [(path, one.mode) for path, one in sorted(found.items()) if are_passed(folders_of(path), modes)]
