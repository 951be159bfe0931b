"""What came of a lab's mutants, and the record of it: ``proofs/mutants/LAB.toml``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import tomlkit
from msgspec import Meta, to_builtins

from kikori.attempts.atomic_files import write_whole
from kikori.content.strict_reader import read_toml
from kikori.errors import Exit
from kikori.model import Lab
from kikori.model.record import Record
from kikori.proof_keys import lab_key
from kikori.prove import ledger

HEAD = "Written by `kikori lab mutate {lab} --record` alone: do not edit."
UNFINISHED = "unfinished"
"""What stands in the place of a fault where a lab has none."""
State = Literal["killed", "marked", "survived"]


class Outcome(Record):
    """One mutant, tried."""

    id: str
    fault: str
    state: State
    killer: str = ""
    """What refused it."""
    reason: str = ""
    """Why it is marked as equal, whatever came of it."""
    diff: tuple[str, ...] = ()
    command: str = ""
    """What tries this mutant alone again."""


class Count(Record):
    """The mutants of one fault."""

    fault: str
    tried: int
    killed: int
    marked: int
    """So many pass and are marked as equal."""
    survived: int
    """So many pass and are not."""


class Mutation(Record):
    """The mutants of one lab, as far as they were tried."""

    lab: str
    seed: int
    faults: tuple[Count, ...]
    outcomes: tuple[Outcome, ...]
    seconds: float
    recorded: str = ""
    """The file that it was written to."""
    changed: bool = False
    """Whether the lab was edited while it was to be recorded, so that it was not."""

    @property
    def exit_code(self) -> Exit:
        """1 where one passes that is not marked, or nothing could be recorded."""
        survives = any(one.state == "survived" for one in self.outcomes)
        return Exit.CHECK_FAILED if survives or self.changed else Exit.DONE


class MutationRow(Record):
    """All that is recorded of a lab's mutants."""

    key: str
    """Of the lab as it was."""
    at: Annotated[datetime, Meta(tz=True)]
    seed: int
    tried: int
    killed: int
    passed: tuple[str, ...] = ()
    """Those that pass, marked or not."""


def counts(outcomes: Sequence[Outcome]) -> tuple[Count, ...]:
    """Count a lab's outcomes by fault."""
    return tuple(_count(fault, outcomes) for fault in dict.fromkeys(one.fault for one in outcomes))


def _count(fault: str, outcomes: Sequence[Outcome]) -> Count:
    states = [one.state for one in outcomes if one.fault == fault]
    return Count(
        fault=fault or UNFINISHED,
        tried=len(states),
        killed=states.count("killed"),
        marked=states.count("marked"),
        survived=states.count("survived"),
    )


def file_of(lab: Lab) -> Path:
    """Place a lab's record beside the rows of its proof."""
    file = ledger.file_of(lab)
    return file.parent / "mutants" / file.name


def read(lab: Lab) -> MutationRow | None:
    """Read a lab's record; ``None`` where there is none.

    Raises:
        OurFault: the file is damaged.
    """
    file = file_of(lab)
    return read_toml(file, MutationRow) if file.is_file() else None


def record(lab: Lab, seed: int, outcomes: Sequence[Outcome]) -> Path:
    """Write what came of all mutants of a lab."""
    passed = tuple(one.id for one in outcomes if one.state != "killed")
    row = MutationRow(
        key=lab_key(lab),
        at=datetime.now(UTC).replace(microsecond=0),
        seed=seed,
        tried=len(outcomes),
        killed=len(outcomes) - len(passed),
        passed=passed,
    )
    document = tomlkit.document()
    document.add(tomlkit.comment(HEAD.format(lab=lab.id)))
    document.update(to_builtins(row, builtin_types=(datetime,)))
    document["passed"] = tomlkit.array()
    document["passed"].extend(passed)
    document["passed"].multiline(True)
    file = file_of(lab)
    write_whole(file, tomlkit.dumps(document).encode())
    file.chmod(0o644)
    return file
