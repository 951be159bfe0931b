"""What a proof consists of."""

from __future__ import annotations

from pathlib import Path

from kikori.errors import Exit
from kikori.model.record import Record


class Breach(Exception):
    """A demand that a lab does not meet: the file to mend, and what is wrong with it."""

    def __init__(self, file: Path, message: str) -> None:
        super().__init__(f"{file}: {message}")
        self.file = file
        self.message = message


class Demand(Record):
    """One demand, executed."""

    lab: str
    name: str
    """``healthy``, ``FAULT`` (which goes on to its first fix), ``FAULT/fixes/NAME``, ``FAULT/traps/NAME``.

    Of unfinished work ``unfinished``, ``fixes/NAME`` and ``traps``, all of them in one scene, or one: ``traps/NAME``.
    """
    met: bool
    seconds: float
    breach: str = ""
    command: str = ""
    """What executes this demand alone again."""


class Proof(Record):
    """All demands of one lab, as far as they were executed."""

    lab: str
    content: str
    """Hash of the lab and its graders, as a submission carries it."""
    seed: int
    demands: tuple[Demand, ...]
    skipped: bool = False
    """Unchanged since it was proved last."""

    @property
    def met(self) -> bool:
        """Whether there were demands, or an earlier proof, and none was breached."""
        return (self.skipped or bool(self.demands)) and all(demand.met for demand in self.demands)


class Proofs(Record):
    """The proofs of several labs."""

    proofs: tuple[Proof, ...]
    seconds: float

    @property
    def exit_code(self) -> Exit:
        """0 when every demand of every lab is met, else 1."""
        return Exit.DONE if all(proof.met for proof in self.proofs) else Exit.CHECK_FAILED
