"""What a proof consists of."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kikori.errors import Exit
from kikori.model.record import Record


class DemandFailed(Exception):
    """A demand that a lab does not meet: the file to fix, and what is wrong with it."""

    def __init__(self, file: Path, message: str) -> None:
        super().__init__(f"{file}: {message}")
        self.file = file
        self.message = message


class Demand(Record):
    """One demand, executed."""

    lab: str
    name: str
    """``healthy``, ``FAULT`` (which goes on to its first fix), ``FAULT/fixes/NAME``, ``FAULT/traps/NAME``.

    Of unfinished work ``unfinished``, ``fixes/NAME``, ``traps/NAME``. ``traps`` and ``FAULT/traps`` are all those that
    share a scene.
    """
    met: bool
    seconds: float
    processor: float
    """Seconds of processor that it cost."""
    at: datetime
    """When it ended."""
    breach: str = ""
    command: str = ""
    """What executes this demand alone again."""
    by_environment: bool = False
    """Whether Docker, the disk or the network stood in the way: then it says nothing of the lab."""


class Proof(Record):
    """All demands of one lab, as far as they were executed."""

    lab: str
    content: str
    """Hash of the lab and its graders, as a submission carries it."""
    seed: int
    demands: tuple[Demand, ...]
    skipped: bool = False
    """Unchanged since it was proved last."""
    recorded: str = ""
    """The file that its rows were written to."""
    changed: bool = False
    """Whether the lab was edited while it was to be recorded, so that it was not."""
    void: str = ""
    """The file whose rows are void, since one of them does not hold."""

    @property
    def met(self) -> bool:
        """Whether there were demands, or an earlier proof, none was breached, and the lab is still the same."""
        executed = self.skipped or bool(self.demands)
        return executed and not self.changed and all(demand.met for demand in self.demands)


class Proofs(Record):
    """The proofs of several labs."""

    proofs: tuple[Proof, ...]
    seconds: float

    @property
    def exit_code(self) -> Exit:
        """0 when every demand of every lab is met, else 1."""
        return Exit.DONE if all(proof.met for proof in self.proofs) else Exit.CHECK_FAILED
