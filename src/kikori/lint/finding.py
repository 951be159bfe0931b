"""What lint says: where, what, and how to fix it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from kikori.errors import Exit, KikoriError
from kikori.model.record import Record

PLACE = re.compile(r"^(/[^:\n]*?)(?::(\d+))?: (.*)$", re.DOTALL)
"""How a strict reader's message begins: file, perhaps line, what is wrong."""


class Location(NamedTuple):
    """Where a rule is not kept, as the rule itself tells it."""

    file: Path
    line: int | None
    message: str
    fix: str
    """The change to make, or the command to type."""


def spot_of(problem: KikoriError, file: Path, fix: str) -> Location:
    """Place a strict reader's error where it says; else in the file that was read."""
    found = PLACE.match(problem.message)
    path, line, message = found.groups() if found else (file, None, problem.message)
    return Location(Path(path), int(line) if line else None, message, fix)


class Finding(Record):
    """One place where a lab does not keep a rule."""

    rule: str
    lab: str
    """The lab's id; empty for what belongs to no lab."""
    file: str
    line: int | None
    message: str
    fix: str


class Findings(Record):
    """All findings and warnings, and how much was looked at."""

    labs: tuple[str, ...]
    rules: int
    findings: tuple[Finding, ...]
    warnings: tuple[Finding, ...] = ()
    """What is still to be had of a lab that is not wrong; it changes no exit code."""
    notes: tuple[str, ...] = ()
    """What could not be looked at on this machine."""
    services: tuple[str, ...] = ()
    """What each service of the named labs may take and do, with what Kikori adds to compose.yaml."""

    @property
    def exit_code(self) -> Exit:
        """1 when there are findings, whatever the warnings."""
        return Exit.CHECK_FAILED if self.findings else Exit.DONE
