"""What lint says: where, what, and how to mend it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from kikori.errors import Exit
from kikori.model.record import Record


class Spot(NamedTuple):
    """Where a rule is not kept, as the rule itself tells it."""

    file: Path
    line: int | None
    message: str
    mend: str
    """The change to make, or the command to type."""


class Finding(Record):
    """One place where a lab does not keep a rule."""

    rule: str
    lab: str
    """The lab's id; empty for what belongs to no lab."""
    file: str
    line: int | None
    message: str
    mend: str


class Findings(Record):
    """All findings, and how much was looked at."""

    labs: tuple[str, ...]
    rules: int
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    """What could not be looked at on this machine."""

    @property
    def exit_code(self) -> Exit:
        """1 when there are findings."""
        return Exit.CHECK_FAILED if self.findings else Exit.DONE
