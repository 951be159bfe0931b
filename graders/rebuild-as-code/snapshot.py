"""A host at one moment, and what differs at another: files, and processes that stay."""

from __future__ import annotations

import fnmatch
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from kikori.grading import File, Process

MOVING = (
    "/root/.ansible*", "/root/.ssh*", "/tmp/*", "/run/*", "/dev/*", "/proc", "/sys", "/.dockerenv",  # noqa: S108
    "*/supervise", "*/supervise/*", "*/supervise.*", "/var/log/*", "/var/spool/relay/*", "/var/lib/nginx/*",
    "/var/cache/*", "/home/*/.ansible*", "/home/*/takings.txt", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf",
    "*/__pycache__*", "/var/lib/systemd/*", "*/log/main/*",
)  # fmt: skip
"""What a host that works writes by itself, and the engine's own."""
PASSING = {
    "sshd",
    "sshd-session",
    "sshd-auth",
    "sleep",
    "ncat",
    "nc",
    "date",
    "curl",
    "cat",
    "tail",
    "CRON",
    "sendmail",
}
"""Programs that come and go while nobody changes anything."""
INTERPRETERS = {"python3", "sh", "bash", "perl"}
"""Of these a script stays, and what they are told on the command line or on their input comes and goes."""
ABSENT = "gone"
Mark = tuple[Any, ...]


class State(NamedTuple):
    """What differs from the host's image, by its path; and the processes by number and command."""

    files: dict[str, Mark]
    running: frozenset[tuple[int, str]]


def is_moving(path: str, data: Iterable[str]) -> bool:
    """Whether a file is written while the host works, such as those into which its programs write."""
    return path in data or any(fnmatch.fnmatchcase(path, one) for one in MOVING)


def mark(one: File, content: bytes | None) -> Mark:
    """What has to stay the same of a file; a folder's size and number tell nothing."""
    if one.kind != "file":
        return (one.kind, one.mode, one.owner, one.group, one.target)
    digest = hashlib.sha256(content).hexdigest() if content is not None else ""
    return (one.kind, one.mode, one.owner, one.group, one.size, one.inode, digest)


def staying(processes: Iterable[Process]) -> frozenset[tuple[int, str]]:
    """Processes that have not ended, by their number."""
    return frozenset((one.pid, one.command) for one in processes if not one.has_ended)


def changed_files(before: State, after: State) -> list[str]:
    """Paths that are not as they were."""
    return sorted(path for path in before.files.keys() | after.files.keys() if _differs(path, before, after))


def _differs(path: str, before: State, after: State) -> bool:
    """A folder that the engine only now tells of, since something in it moves, is no change."""
    first, second = before.files.get(path), after.files.get(path)
    return first != second and not (first is None and second is not None and second[0] == "seen")


def restarted(before: State, after: State) -> list[str]:
    """Programs that ran before and do not any more, without those that come and go."""
    there = {pid for pid, _ in after.running}
    return sorted({command for pid, command in before.running if pid not in there and not _passes(command)})


def _passes(command: str) -> bool:
    words = command.split(" ")
    program = words[0].rstrip(":").rpartition("/")[2]
    if program in INTERPRETERS:
        return len(words) == 1 or words[1] in ("-c", "-")
    return program in PASSING


def in_short(found: Sequence[str], most: int = 3) -> str:
    """The first of many, for a reason."""
    return ", ".join(found[:most]) + (", …" if len(found) > most else "")
