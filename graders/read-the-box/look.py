"""What runs beside the box, in the host's process namespace and the box's network, and tells what it sees as JSON.

It is handed to ``python3 -c`` with the numbers of the first processes of the box and of its peers, and with paths.
"""

import base64
import contextlib
import json
import os
import socket
import stat
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROC = Path("/proc")
MOST = 16 * 2**20
"""Bytes that are read of a file without a name."""
GETADDR, NEWADDR, GETRULE, NEWRULE, DONE = 22, 20, 34, 32, 3
DUMP = 0x301
"""NLM_F_REQUEST and NLM_F_DUMP of netlink(7)."""
ADDRESS, LOCAL, DATES = 1, 2, 6
"""Attributes of an address: IFA_ADDRESS, IFA_LOCAL and IFA_CACHEINFO of rtnetlink(7)."""
HEADER = struct.Struct("=LHHLL")


def pids(space: int) -> Iterator[str]:
    """Name the processes of a process namespace."""
    for one in PROC.iterdir():
        with contextlib.suppress(OSError):
            if one.name.isdigit() and (one / "ns/pid").stat().st_ino == space:
                yield one.name


def process(pid: str) -> dict[str, Any]:
    """A process: whose child it is, whose it is, since when it runs, and how it calls itself."""
    state, parent, *rest = (PROC / pid / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    command = (PROC / pid / "cmdline").read_text("utf-8", "replace").rstrip("\0").replace("\0", " ")
    since = int(rest[17]) / os.sysconf("SC_CLK_TCK")
    user = (PROC / pid).stat().st_uid
    return {"pid": int(pid), "parent": int(parent), "state": state, "user": user, "since": since, "command": command}


def unnamed(pid: str) -> Iterator[tuple[str, str]]:
    """Files without a name that a process holds open: the name that each had, and its content in base64."""
    for way in (PROC / pid / "fd").iterdir():
        with contextlib.suppress(OSError):
            seen = way.stat()
            if stat.S_ISREG(seen.st_mode) and not seen.st_nlink and seen.st_size <= MOST:
                yield str(way.readlink()).removesuffix(" (deleted)"), base64.b64encode(way.read_bytes()).decode()


def dumped(kind: int, body: bytes) -> Iterator[tuple[int, bytes]]:
    """Ask the kernel for all of a kind by netlink: gives the kind and the body of each message."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as asked:
        asked.send(HEADER.pack(HEADER.size + len(body), kind, DUMP, 1, 0) + body)
        while True:
            told = asked.recv(2**16)
            while told:
                length, found = HEADER.unpack_from(told)[:2]
                if found == DONE:
                    return
                yield found, told[HEADER.size : length]
                told = told[-(-length // 4) * 4 :]


def attributes(body: bytes) -> dict[int, bytes]:
    """The attributes that follow in a message."""
    found = {}
    while len(body) >= 4:
        length, kind = struct.unpack_from("=HH", body)
        found[kind] = body[4:length]
        body = body[-(-length // 4) * 4 :]
    return found


def addresses() -> Iterator[tuple[str, float]]:
    """Each address with the length of its network, and when the kernel got it; IPv6's of this link are left out."""
    for kind, body in dumped(GETADDR, bytes(8)):
        if kind == NEWADDR:
            family, length, _, scope = body[:4]
            told = attributes(body[8:])
            if family == socket.AF_INET or (family == socket.AF_INET6 and scope == 0):
                text = socket.inet_ntop(family, told.get(LOCAL, told.get(ADDRESS, b"")))
                yield f"{text}/{length}", struct.unpack("=4L", told[DATES])[2] / 100


def routes(pid: str) -> list[str]:
    """The kernel's routes as a process has them, without how often each was used."""
    rows = [line.split() for line in (PROC / pid / "net/route").read_text("ascii").splitlines()][1:]
    return sorted(" ".join([*row[:4], *row[6:8]]) for row in rows)


def dates(pid: str, paths: list[str]) -> Iterator[tuple[str, tuple[float, float]]]:
    """When each of some files was last changed, and last written."""
    for path in paths:
        with contextlib.suppress(OSError):
            seen = Path(f"/proc/{pid}/root{path}").lstat()
            yield path, (seen.st_ctime, seen.st_mtime)


def seen_of(box: str, peers: str, *paths: str) -> dict[str, Any]:
    """All that is looked at."""
    processes, held = [], {}
    for pid in pids((PROC / box / "ns/pid").stat().st_ino):
        with contextlib.suppress(OSError):
            processes.append(process(pid))
            held.update(unnamed(pid))
    return {
        "first": int(box),
        "processes": processes,
        "held": held,
        "addresses": [*addresses()],
        "rules": sum(kind == NEWRULE for kind, _ in dumped(GETRULE, bytes([socket.AF_INET]) + bytes(11))),
        "routes": routes(box),
        "routes_wanted": routes(peers),
        "dates": dict(dates(box, [*paths])),
    }


if __name__ == "__main__":
    print(json.dumps(seen_of(*sys.argv[1:])))
