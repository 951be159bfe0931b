"""Whether the box is as it was left: its processes, its open ports, and its files."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from railway.box import RUNIT, USERS, Box
from railway.files import FOLDERS, Entry, entries, programs, rc_local, services, tables
from railway.truth import Truth

LISTENING = "0A"
DOCKERS = "127.0.0.11"
"""Docker's resolver, which listens in each container."""
OWN = (
    "/.dockerenv", "/dev", "/dev/*", "/proc", "/sys", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf",
    "/etc/sv/*/supervise*", "/home/*/nohup.out", "/home/tsuda/takings.txt", "/run/*",
    "/var/cache/apt/*", "/var/lib/apt/lists/lock", "/var/lib/dpkg/lock*", "/var/lib/dpkg/status", "/var/lib/nginx/*",
    "/var/log/kanko.log", "/var/log/nginx/*", "/var/spool/cron/*",
)  # fmt: skip
"""What the box writes by itself."""
FORGIVEN = (
    "/root/.bash_history", "/root/.cache*", "/root/.config*", "/root/.lesshst", "/root/.local*", "/root/.lsof_*",
    "/root/.python_history", "/root/.viminfo", "/usr/lib/python3*/__pycache__*", "/usr/*/__pycache__/*",
)  # fmt: skip
"""What tools keep for themselves of somebody who only looks."""
SERVICES = "/etc/runit/runsvdir/default"
"""What /etc/service is a link to."""
WORKER = "nginx: worker process"
ENDED = "Z"
DELETED = 2
TAI = 0x400000000000000A
"""What is added to the seconds since 1970 in runsv's note."""
NOTED = 20
"""Bytes of that note."""


def listening(table: str) -> set[str]:
    """Read the places at which somebody listens from a table such as /proc/net/tcp."""
    rows = [line.split() for line in table.splitlines()[1:]]
    return {
        _place(row[1])
        for row in rows
        if len(row) > 3 and row[3] == LISTENING and not _place(row[1]).startswith(DOCKERS)
    }


def _place(text: str) -> str:
    host, _, port = text.partition(":")
    numbers = [str(int(host[at : at + 2], 16)) for at in (6, 4, 2, 0)]
    return f"{'.'.join(numbers)}:{int(port, 16)}"


def expected_ports(box: Box) -> set[str]:
    """Where the box listens as long as nobody changes it."""
    return {row.key for row in Truth(box).ports().rows if not row.key.startswith("/")}


def expected_processes(box: Box) -> dict[str, tuple[str, int]]:
    """For each program how its process calls itself, and the number of its user."""
    called = {
        "web": "nginx: master process nginx -g daemon off;",
        "cron": "cron -f",
        "beacon": f"{box.programs['beacon']} {box.beacon_port}",
        "gate": f"perl {box.programs['gate']}",
        "push": f"sh {box.programs['push']}",
    }
    return {
        path: (called.get(name, f"python3 -B {path}"), USERS[box.users[name]]) for name, path in box.programs.items()
    }


def supervised(box: Box) -> list[str]:
    """Name the services that the supervisor has started."""
    return [name for name, starter in box.starters.items() if starter == RUNIT]


def started_at(state: bytes) -> float:
    """Read since when a service runs, in seconds since 1970, from runsv's note of it; 0 where there is none."""
    return float(int.from_bytes(state[:8], "big") - TAI) if len(state) >= NOTED else 0.0


class Running(NamedTuple):
    """A process of the box, as it is seen from beside it."""

    pid: int
    parent: int
    state: str
    user: int
    since: float
    """Seconds since the host was started."""
    command: str


def left_processes(found: Iterable[Running], first: int, box: Box) -> list[str]:
    """Processes of no open shell that neither the supervisor nor a person of the past began."""
    wanted, kept = expected_processes(box), set(supervised(box))
    alone = {wanted[path] for name, path in box.programs.items() if name not in kept}
    under = {wanted[path] for name, path in box.programs.items() if name in kept}
    found = [one._replace(command=one.command.strip()) for one in found if one.state != ENDED]
    runsv = {one.pid for one in found if one.parent == first and one.command in {f"runsv {name}" for name in kept}}
    allowed = {first: alone} | dict.fromkeys(runsv, under)
    return [
        one.command
        for one in found
        if one.parent in allowed and one.pid not in runsv and (one.command, one.user) not in allowed[one.parent]
    ]


def anew(found: Iterable[Running], after: float, box: Box) -> list[str]:
    """Programs of the box, and the web server's workers, that run since a later moment."""
    names, since = {command for command, _ in expected_processes(box).values()} | {WORKER}, dict[str, float]()
    for one in found:
        name = one.command.strip()
        since[name] = min(one.since, since.get(name, one.since))  # a script's own children call themselves as it does
    return sorted(name for name in names & since.keys() if since[name] > after)


def expected_addresses(box: Box, given: str, others: Iterable[str] = ()) -> set[str]:
    """All addresses of the box: Docker's, and those of its past."""
    own = {f"{one}/{box.length}" for one in (given, box.by_hand, box.from_file)}
    return {"127.0.0.1/8", "::1/128", *own, *others}


def strange_hosts(text: str, box: Box) -> int:
    """How many lines of /etc/hosts are other than Docker's and those two that people added."""
    rows = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    docks = [row for row in rows if {"localhost", box.name} & set(row[1:]) or row[-1].startswith("ip6-")]
    wanted = [[box.gone, "kanko"], [box.bank, "bank"]]
    return len([row for row in rows if row not in docks and row not in wanted]) + len(
        [w for w in wanted if w not in rows]
    )


def touched_since(dates: Mapping[str, tuple[float, float]], at: float, begun: float, box: Box) -> list[str]:
    """Files that stay as they are and were changed later, and the folder in memory where something lay for a while."""
    found = [one.path for one in still(box) if dates.get(one.path, (0.0, 0.0))[0] > at]
    memory = str(PurePosixPath(box.memory).parent)
    return found + [memory] * (dates.get(memory, (0.0, 0.0))[1] > max(at, begun))


def missing_processes(found: Iterable[tuple[str, int]], box: Box) -> list[str]:
    """Programs that do not run once, as their user; ``found`` has the command and the user of each process."""
    there = [(command.strip(), user) for command, user in found]
    return [path for path, wanted in expected_processes(box).items() if there.count(wanted) != 1]


def strange_paths(changes: Mapping[str, int], box: Box) -> list[str]:
    """Paths that differ from the image, and that neither the box's past nor its own work explains."""
    known = {one.path for one in entries(box, 0)} | set(FOLDERS) | {box.edited, box.conffile, box.memory}
    known |= {box.sold, box.book, box.gate_log}
    known |= {f"{SERVICES}/{name}" for name in supervised(box)}
    above = {str(parent) for path in known | set(changes) for parent in PurePosixPath(path).parents}
    return sorted(
        path
        for path, kind in changes.items()
        if kind == DELETED or not (path in known or path in above or _is_own(path))
        if not _is_own(path)
    )


def _is_own(path: str) -> bool:
    return any(fnmatch.fnmatchcase(path, one) for one in (*OWN, *FORGIVEN))


def not_as_left(found: Mapping[str, tuple[int, int, int]], box: Box) -> list[str]:
    """Files of the box that are gone, shorter, another's or open to others; ``found`` has mode, owner and size."""
    wanted = {one.path: one for one in entries(box, 0) if not one.link and one.path != box.gate_log}
    wanted[box.memory] = Entry(box.memory, b"", box.users[box.weather])
    gone = [path for path in wanted if path not in found]
    other = []
    for path, one in wanted.items():
        mode, owner, size = found.get(path, (one.mode, USERS[one.owner], len(one.data)))
        least = 1 if path.endswith(".gz") else len(one.data)  # what is packed differs with the day
        if (mode, owner) != (one.mode, USERS[one.owner]) or size < least:
            other.append(path)
    return sorted({*gone, *other})


def left_paths(box: Box) -> list[str]:
    """Name all files that have to be there."""
    return [*(one.path for one in entries(box, 0) if not one.link), box.memory]


def still(box: Box) -> list[Entry]:
    """Files whose text stays as it is; the web server's settings are those that somebody changed last."""
    kept = [*services(box), rc_local(box), *programs(box), *tables(box)]
    found = []
    for one in kept:
        if one.link:
            continue
        text = one.data.decode()
        if one.path == "/etc/nginx/conf.d/site.conf":
            line = f"listen 0.0.0.0:{box.status_now};"
            after = f"listen 0.0.0.0:{box.status_then};  # ota: the new monitoring wants this one"
            text = text.replace(line, after)
        found.append(one._replace(data=text.encode()))
    return found
