"""``submit``: the attempt as one file."""

from __future__ import annotations

from pathlib import Path

from kikori import explanation
from kikori.errors import KikoriError
from kikori.loop.desk import Desk, Work
from kikori.model import Stage
from kikori.model.record import Record
from kikori.progress.enrolment import is_practice
from kikori.submission import pack


class Submitted(Record):
    """A submission that was written."""

    lab: str
    file: str
    size: int
    """In bytes."""
    practice: bool = False
    """Whether a cohort was joined, and the attempt does not count there."""
    next: str = "kikori stop"


def submit(desk: Desk, folder: str, *, unfinished: bool = False) -> Submitted:
    """Pack the attempt into a file in ``folder``; ``unfinished`` takes it as it is, for partial credit.

    Raises:
        KikoriError: the checks have not passed, or the explanation is missing.
        EnvironmentProblem: the file can't be written.
    """
    target = Path(folder).absolute()
    if not target.is_dir():
        raise KikoriError(f"{target} is no folder.", f"mkdir -p {target}")
    with desk.work() as work:
        if not unfinished:
            _refuse_unready(desk, work)
        desk.store.record(work.attempt, "submitted")
        with desk.steps.step("Packing the submission"):
            file = pack(desk.store, work.project, target)
        desk.store.move(work.attempt, submitted=str(file))
        return Submitted(lab=work.lab.id, file=str(file), size=file.stat().st_size, practice=is_practice(work.attempt))


def _refuse_unready(desk: Desk, work: Work) -> None:
    if work.attempt.stage is not Stage.MENDED:
        raise KikoriError("Not everything is mended yet, as far as the checks know.", "kikori check")
    file = desk.store.folder(work.attempt.id) / "explanation.md"
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    if explanation.problems(text, work.lab, desk.store.trail(work.attempt)):
        raise KikoriError("The explanation is not accepted yet, and it is half of the work.", "kikori explain")
