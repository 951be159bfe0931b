"""What a recorded night left behind: metrics, logs, the pager's record, the changes and the chat, each by its time."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from kikori.errors import KikoriError, OurFault
from kikori.model.record import Record
from kikori.settings import Lang

FOLDER = "recording"
LARGEST = 4 * 2**20
"""Bytes of a file of a recording, at most."""
CHAT = re.compile(r"(\d\d):(\d\d) ([^:]{1,30}): (.{1,400})")
AHEAD = timedelta(hours=9)
"""How far the clock on the wall, by which the chat goes, is ahead of UTC."""
T = TypeVar("T")


class Said(Record):
    """Something that was known at a moment."""

    at: datetime
    text: str
    by: str = ""
    """Of a change, who made it."""


class Minute(Record):
    """The metrics of a minute; None where nobody answered Prometheus."""

    at: datetime
    values: dict[str, float | None]


class Recording:
    """A recording in a lab's workspace, in one language."""

    def __init__(self, lab: Path, lang: Lang) -> None:
        self.folder = lab / "workspace" / FOLDER
        self.lang = lang
        if not self.folder.is_dir():
            raise KikoriError(f"{lab.name}: this lab has no recorded incident.", "kikori replay-incident postmortem")

    def text(self, name: str) -> str:
        """Read a file of the recording.

        Raises:
            OurFault: it is missing, too large, or no text.
        """
        path = self.folder / name
        try:
            if path.stat().st_size > LARGEST:
                raise OurFault(f"{path}: larger than a recording's file may be")
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as problem:
            raise OurFault(f"{path}: can't be read ({problem})") from None

    def _read(self, name: str, make: Callable[[str], T]) -> T:
        try:
            return make(self.text(name))
        except (ValueError, KeyError, TypeError) as problem:
            raise OurFault(f"{self.folder / name}: not a recording's file ({problem})") from None

    @cached_property
    def metrics(self) -> list[Minute]:
        """The metrics, minute by minute."""
        return self._read("metrics.csv", lambda text: list(_minutes(text)))

    @cached_property
    def pager(self) -> list[Said]:
        """What the pager and the queue of tickets were told."""
        return self._read("pager.jsonl", lambda text: [self._told(line) for line in text.splitlines()])

    @cached_property
    def changes(self) -> list[Said]:
        """What was changed, with its numbers."""
        return self._read("changes.jsonl", lambda text: [self._told(line) for line in text.splitlines()])

    @cached_property
    def log(self) -> list[Said]:
        """Warnings and errors of the services."""
        return self._read("log.txt", lambda text: [_line(line) for line in text.splitlines()])

    @cached_property
    def chat(self) -> list[Said]:
        """What people wrote to each other, with their times in UTC."""
        name = "chat.ja.txt" if self.lang == "ja" else "chat.txt"
        return self._read(name, lambda text: list(self._written(text)))

    def _told(self, line: str) -> Said:
        row = json.loads(line)
        number = f"#{row['number']} " if "number" in row else ""
        return Said(at=moment(row["at"]), text=number + str(row[self.lang]), by=str(row.get("by", "")))

    def _written(self, text: str) -> Iterator[Said]:
        day = self.metrics[0].at
        for line in text.splitlines():
            found = CHAT.fullmatch(line)
            if found is None:
                raise ValueError(line[:80])
            local = (day + AHEAD).replace(hour=int(found[1]), minute=int(found[2]), second=0)
            yield Said(at=local - AHEAD, text=f"{found[3]}: {found[4]}")


def moment(text: str) -> datetime:
    """A moment of a recording."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def between(told: list[Said], begin: datetime, end: datetime) -> list[Said]:
    """What was said from one moment on and before another."""
    return [one for one in told if begin <= one.at < end]


def _minutes(text: str) -> Iterator[Minute]:
    for row in csv.DictReader(text.splitlines()):
        at = moment(row.pop("minute"))
        yield Minute(at=at, values={name: float(value) if value else None for name, value in row.items()})


def _line(line: str) -> Said:
    at, _, text = line.partition(" ")
    return Said(at=moment(at), text=text)
