"""The tables of the clock, read as Debian's cron reads them: what it passes over is not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

SYSTEM, SPOOL = "/etc/cron.d/", "/var/spool/cron/crontabs/"
CRONTAB = "/etc/crontab"
PARTS = re.compile(r"/etc/cron\.(hourly|daily|weekly|monthly|yearly)/[A-Za-z0-9_-]+")
"""Where what lies there is a job by itself."""
NAME = re.compile(r"[A-Za-z0-9_-]+")
SETTING = re.compile(r"""\s*["']?([A-Za-z_]\w*)["']?\s*=\s*(.*?)\s*""")
OTHERS = 0o022


class Table(NamedTuple):
    """A file in which cron may look."""

    path: str
    mode: int
    owner: int
    text: str


class Job(NamedTuple):
    """A line that cron carries out; ``mailto`` is None where letters go to the user."""

    path: str
    when: str
    user: str
    command: str
    mailto: str | None


def is_read(table: Table, users: Mapping[str, int]) -> bool:
    """Whether cron reads it: by its name, its owner, its mode, and a break at its end."""
    folder, _, name = table.path.rpartition("/")
    if not table.text.endswith("\n"):
        return False
    if f"{folder}/" == SPOOL:
        return table.mode == 0o600 and table.owner in (0, users.get(name, -1)) and name in users
    known = table.path == CRONTAB or (f"{folder}/" == SYSTEM and bool(NAME.fullmatch(name)))
    return known and table.owner == 0 and not table.mode & OTHERS


def jobs(tables: Iterable[Table], users: Mapping[str, int]) -> list[Job]:
    """Read all jobs but Debian's own."""
    found = []
    for table in tables:
        if is_read(table, users):
            found += [one for one in _lines(table) if "run-parts" not in one.command]
    return found


def _lines(table: Table) -> list[Job]:
    mailto: str | None = None
    found = []
    for raw in table.text.splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if set_here := SETTING.fullmatch(line):
            if set_here[1] == "MAILTO":
                mailto = set_here[2].strip("\"'")
            continue
        when, rest = _when(line)
        if table.path.startswith(SPOOL):
            user, command = table.path.rpartition("/")[2], rest
        else:
            user, _, command = rest.partition(" ")
        if when and user and command.strip():
            found.append(Job(table.path, when, user, command.strip(), mailto))
    return found


def _when(line: str) -> tuple[str, str]:
    """A line's schedule with single blanks, and the rest of it."""
    count = 1 if line.startswith("@") else 5
    words = line.split(None, count)
    if len(words) <= count:
        return "", ""
    return " ".join(words[:count]), re.sub(r"\s+", " ", words[count])
