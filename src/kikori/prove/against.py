"""A dispute replayed: what the lab says to an end state that a learner holds to be right."""

from __future__ import annotations

from pathlib import Path

from kikori import machine
from kikori.catalog import Catalog
from kikori.errors import Exit
from kikori.model import Command, Outcome, Report
from kikori.model.record import Record
from kikori.review.replay import replay
from kikori.runtime import Steps
from kikori.submission import unpack


class Against(Record):
    """A replayed dispute."""

    lab: str
    fault: str
    learner: str
    trail: tuple[Command, ...]
    report: Report
    failed: tuple[str, ...]
    """The checks that refuse this end state."""
    next: str

    @property
    def exit_code(self) -> Exit:
        """0 when the replay passes, 1 when a check refuses it, 4 when one breaks."""
        if self.report.broken:
            return Exit.OUR_FAULT
        return Exit.DONE if self.report.passed else Exit.CHECK_FAILED


def against(catalog: Catalog, file: Path, steps: Steps) -> Against:
    """Replay a dispute or a submission against the lab as it is now.

    Raises:
        KikoriError: the file is none, or does not fit the lab.
        EnvironmentProblem: Docker stood in the way.
    """
    submission = unpack(file)
    lab = catalog.lab(submission.manifest.lab)
    machine.ready()
    report = replay(lab, submission, steps)
    return Against(
        lab=lab.id,
        fault=submission.manifest.fault or "",
        learner=submission.manifest.learner,
        trail=submission.trail,
        report=report,
        failed=tuple(check.id for check in report.checks if check.outcome is Outcome.FAILED),
        next=f"kikori lab adopt {file} --as fix --name NAME",
    )
