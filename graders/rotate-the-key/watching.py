"""What was seen of the server while somebody watched it without a pause."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from keys import User, allows
from words import found_in

from kikori.grading import File

PASSING = ("/dev/shm", "/run", "/tmp", "/var/tmp")  # noqa: S108  # watched
"""Where files are looked at, beside the volumes."""


class Moment(NamedTuple):
    """What a file said at a moment at which more than its owner might have been able to read it."""

    file: File
    folder: File
    text: str

    def readers(self, everybody: Iterable[User]) -> list[str]:
        """The users who could read it then."""
        return [one.name for one in everybody if allows(self.file, one, 4) and allows(self.folder, one, 1)]


class Seen(NamedTuple):
    """All that was seen."""

    commands: str
    environments: tuple[tuple[int, str], ...]
    """The environments of processes that were not root's, with their users' numbers."""
    moments: tuple[Moment, ...]

    def readable(self, wanted: set[str], everybody: list[User], alone: Iterable[str]) -> Iterator[Read]:
        """Which of these keys several users could read for a moment, or one who is none of some."""
        for one in self.moments:
            able = one.readers(everybody)
            if (len(able) > 1 or {*able} - {*alone}) and (found := found_in(one.text, wanted)):
                yield Read({*found}, one.file.path, able)

    def in_environments(self, wanted: set[str], everybody: Iterable[User]) -> dict[str, set[str]]:
        """The keys that users have in their processes' environments, by their names."""
        names, reach = {one.uid: one.name for one in everybody}, dict[str, set[str]]()
        for user, text in self.environments:
            if found := found_in(text, wanted):
                reach.setdefault(names.get(user, str(user)), set()).update(found)
        return reach


class Read(NamedTuple):
    """A key, a file that had it, and who could read it there."""

    keys: set[str]
    path: str
    able: list[str]


def seen(told: str) -> Seen:
    """What the watcher printed; a line that is not at its end yet is left out."""
    found = []
    for line in told.splitlines():
        with suppress(ValueError):
            found.append(json.loads(line))
    return Seen(
        "\n".join(one["command"] for one in found if "command" in one),
        tuple((one["user"], one["environment"]) for one in found if "environment" in one),
        tuple(moment(one) for one in found if "path" in one),
    )


def moment(told: dict[str, Any]) -> Moment:
    """A file as the watcher told of it."""
    (mode, owner, group), (above, whose, their) = told["access"]
    file = File(path=told["path"], kind="file", mode=mode, owner=owner, group=group, size=len(told["text"]))
    folder = File(path=told["path"].rpartition("/")[0], kind="folder", mode=above, owner=whose, group=their, size=0)
    return Moment(file, folder, told["text"])
