"""Measured minutes, written where the site reads them: labs/calibration.toml of each content root."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from kikori import settings
from kikori.attempts.atomic_files import write_whole
from kikori.content import Catalog
from kikori.content.measured_minutes import FILE, Measured, calibration_of
from kikori.errors import EnvironmentProblem
from kikori.model.record import Record
from kikori.review.gradebook.cohort_table import LabFigures, table_of
from kikori.review.results import classwork

ENOUGH = 5
"""Learners whose fix was verified; of fewer nothing is said to those who come."""
HEAD = "# Minutes that learners took, the explanation included; written by: kikori review calibrate\n"


class Calibrated(Record):
    """What was written, and what was too little to be."""

    files: tuple[str, ...]
    labs: dict[str, Measured]
    claimed: dict[str, int]
    too_few: dict[str, int]
    """Labs with fewer learners than needed, and how many there were; what was measured before stays."""
    told: tuple[str, ...]


def calibrate(folder: Path, catalog: Catalog) -> Calibrated:
    """Measure the labs of a reviewed folder; labs that it does not hold keep what was measured before.

    Raises:
        KikoriError: there is no submission, or none was replayed yet.
        EnvironmentProblem: a content root can't be written.
        OurFault: what was written before breaks its format.
    """
    found = classwork(folder, catalog)
    table = table_of(found, settings.language())
    roots = {work.lab.id: work.lab.folder.parent.parent for work in found.works}
    labs = {lab.lab: measured for lab in table.labs if (measured := measured_of(lab))}
    by_root: dict[Path, dict[str, Measured]] = defaultdict(dict)
    for lab, measured in labs.items():
        by_root[roots[lab]][lab] = measured
    return Calibrated(
        files=tuple(str(_write(root, new)) for root, new in by_root.items()),
        labs=labs,
        claimed={lab.lab: lab.claimed for lab in table.labs},
        too_few={lab.lab: lab.minutes["submission"].n for lab in table.labs if lab.lab not in labs},
        told=found.told,
    )


def measured_of(lab: LabFigures) -> Measured | None:
    """What a lab took; nothing of too few."""
    took = lab.minutes["submission"]
    if took.n < ENOUGH or took.median is None or took.p90 is None:
        return None
    return Measured(n=took.n, median=round(took.median), p90=round(took.p90))


def _write(root: Path, new: dict[str, Measured]) -> Path:
    file = root / "labs" / FILE
    try:
        write_whole(file, toml_of(calibration_of(root) | new).encode())
        file.chmod(0o644)  # it is content like the rest, which others read
    except OSError as problem:
        raise EnvironmentProblem(f"{file}: can't be written: {problem.strerror}", f"ls -ld {file.parent}") from None
    return file


def toml_of(labs: dict[str, Measured]) -> str:
    """The file's text, by lab; ids are bare words of TOML."""
    parts = [f"[labs.{lab}]\nn = {m.n}\nmedian = {m.median}\np90 = {m.p90}\n" for lab, m in sorted(labs.items())]
    return "\n".join([HEAD, *parts])
