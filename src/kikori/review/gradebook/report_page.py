"""The cohort on one page and in files, written into a folder; the page needs no server and loads nothing."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kikori import settings
from kikori.attempts.atomic_files import write_whole
from kikori.content import Catalog
from kikori.errors import EnvironmentProblem
from kikori.model.record import Record
from kikori.review.gradebook import platforms
from kikori.review.gradebook.cohort_table import STAGES, LabFigures, Table, table_of
from kikori.review.gradebook.roster import enrolled, read_roster
from kikori.review.results import classwork
from kikori.review.web.file_templates import page
from kikori.settings import Lang

WIDTH = 100.0
"""Of a bar's picture, in its own units; it is stretched to its cell."""
SLOW, FAST = 1.5, 0.5
"""Times the promised minutes: beyond these a lab's page should be fixed."""


class Reported(Record):
    """The table, and where it was written."""

    table: Table
    files: tuple[str, ...]


class Bar(Record):
    """Where the parts of a bar begin and end, from 0 to 100."""

    median: float
    p90: float
    claimed: float
    stages: tuple[tuple[float, float], ...]
    """Begin and width of each stage."""


def write_table(folder: Path, to: Path, catalog: Catalog, learners: Path | None = None) -> Reported:
    """Write cohort.csv (Moodle), cohort-canvas.csv, cohort.json and cohort.html.

    ``learners`` is a file with the names that Moodle or Canvas knows; nobody else is in the tables for them.

    Raises:
        KikoriError: there is no submission, none was replayed yet, or the names can't be read or are not this class's.
        EnvironmentProblem: the files can't be written.
    """
    lang = settings.language()
    roster = read_roster(learners) if learners else None
    table = known = table_of(classwork(folder, catalog), lang)
    if learners and roster:
        table, known = enrolled(table, roster, learners)
    forms = {
        "cohort.csv": platforms.moodle(known, lang).encode("utf-8-sig"),
        "cohort-canvas.csv": platforms.canvas(known).encode(),
        "cohort.json": msgspec.json.format(msgspec.json.encode(table), indent=1),
        "cohort.html": html_of(table, lang).encode(),
    }
    try:
        for name, data in forms.items():
            write_whole(to / name, data)
    except OSError as problem:
        raise EnvironmentProblem(f"{to}: can't be written: {problem.strerror}", "--to FOLDER") from None
    return Reported(table=table, files=tuple(str(to / name) for name in forms))


def html_of(table: Table, lang: Lang) -> str:
    """The page."""
    return page("report", lang, table=table, cells=table.by_place, bars=bars(table), slow=SLOW, fast=FAST)


def bars(table: Table) -> dict[str, Bar]:
    """A bar for each lab, all on one scale."""
    longest = max(max(lab.claimed, _whole(lab)) for lab in table.labs)
    return {lab.lab: _bar(lab, WIDTH / longest) for lab in table.labs}


def _whole(lab: LabFigures) -> float:
    return max(spread.p90 or 0 for spread in lab.minutes.values())


def _bar(lab: LabFigures, unit: float) -> Bar:
    whole = lab.minutes["submission"]
    return Bar(
        median=round((whole.median or 0) * unit, 2),
        p90=round((whole.p90 or 0) * unit, 2),
        claimed=round(lab.claimed * unit, 2),
        stages=_stages(lab, unit),
    )


def _stages(lab: LabFigures, unit: float) -> tuple[tuple[float, float], ...]:
    """From the end of one stage to that of the next; a stage that nobody's figures tell has no width."""
    ends, last = [], 0.0
    for stage in STAGES:
        end = max(last, (lab.minutes[stage].median or 0) * unit)
        ends.append((round(last, 2), round(end - last, 2)))
        last = end
    return tuple(ends)
