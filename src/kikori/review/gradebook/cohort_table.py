"""The cohort's table: who is where, what each lab took, which checks failed most."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from kikori.model import Lab, Outcome
from kikori.model.record import Record
from kikori.replay.verdict import Verdict
from kikori.review.marks import INSTRUCTOR, OVERALL
from kikori.review.results import Classwork, GradedSubmission
from kikori.settings import Lang

FEW = 3
"""Of fewer values than these nothing is called typical."""
OFTEN = 3
"""So many reports with the same failure are being stuck, not a first look."""
MOST_CHECKS = 5
STAGES = ("check", "mend", "submission")


class Spread(Record):
    """A quantity over the learners of whom it is known."""

    n: int
    median: float | None = None
    """Nothing where too few are known to call it typical."""
    p90: float | None = None
    """Nine of ten are below."""


class FailedCheck(Record):
    """A check, and by how many learners' own reports it failed."""

    id: str
    title: str
    failed: int
    """Learners in one of whose reports at least it failed."""
    stuck: int
    """Learners in three of whose reports or more it failed."""


class LabFigures(Record):
    """One lab over the class. Times are of the submissions whose fix counts as verified."""

    lab: str
    title: str
    claimed: int
    """Minutes that the lab's author promises."""
    learners: int
    verified: int
    minutes: dict[str, Spread]
    """From the break to the first check, to the fix, to the submission; pauses left out."""
    hints: Spread
    without_hints: int
    reports: int
    """Learners who let the checks run."""
    checks: tuple[FailedCheck, ...]
    """Those that failed for most, first."""

    @property
    def ratio(self) -> float | None:
        """Median against promise."""
        median = self.minutes["submission"].median
        return None if median is None else round(median / self.claimed, 2)


class Cell(Record):
    """One learner at one lab."""

    learner: str
    lab: str
    file: str
    verdict: Verdict
    by_hand: bool
    points: float | None
    """Of the explanation; nothing as long as a criterion has no mark."""
    of: int
    comment: str
    """The instructor's, on the whole."""
    minutes: float | None
    hints: int
    steps: tuple[str, ...]
    said: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    """Why whose it is may be asked."""


class Table(Record):
    """The cohort."""

    learners: tuple[str, ...]
    labs: tuple[LabFigures, ...]
    cells: tuple[Cell, ...]
    told: tuple[str, ...] = ()

    @property
    def by_place(self) -> dict[tuple[str, str], Cell]:
        """The cells by learner and lab."""
        return {(cell.learner, cell.lab): cell for cell in self.cells}


def spread(values: Iterable[float]) -> Spread:
    """Median and 90th percentile, as far as there are values enough."""
    known = list(values)
    if len(known) < FEW:
        return Spread(n=len(known))
    p90 = statistics.quantiles(known, n=10, method="inclusive")[8]
    return Spread(n=len(known), median=round(statistics.median(known), 1), p90=round(p90, 1))


def table_of(found: Classwork, lang: Lang) -> Table:
    """The figures of what a class handed in."""
    by_lab = sorted(found.works, key=lambda work: work.lab.id)
    groups = [list(group) for _, group in groupby(by_lab, key=lambda work: work.lab.id)]
    return Table(
        learners=tuple(sorted({work.learner for work in found.works})),
        labs=tuple(_figures(works[0].lab, works, lang) for works in groups),
        cells=tuple(_cell(work) for work in found.works),
        told=found.told,
    )


def _cell(work: GradedSubmission) -> Cell:
    marked = work.marked
    return Cell(
        learner=work.learner,
        lab=work.lab.id,
        file=work.file,
        verdict=marked.verdict,
        by_hand=marked.by_hand,
        points=work.points,
        of=marked.of,
        comment=" ".join(mark.comment for mark in work.marks if mark.by == INSTRUCTOR and mark.criterion == OVERALL),
        minutes=work.minutes.get("submission"),
        hints=work.hints,
        steps=work.judged.row.steps,
        said=work.judged.row.said,
        doubts=work.doubts,
    )


def _figures(lab: Lab, works: Sequence[GradedSubmission], lang: Lang) -> LabFigures:
    done = [work for work in works if work.marked.passed]
    return LabFigures(
        lab=lab.id,
        title=lab.about.title.lang(lang),
        claimed=lab.about.minutes,
        learners=len(works),
        verified=len(done),
        minutes={stage: spread(work.minutes[stage] for work in done if stage in work.minutes) for stage in STAGES},
        hints=spread(work.hints for work in works),
        without_hints=sum(work.hints == 0 for work in works),
        reports=sum(bool(work.own_reports) for work in works),
        checks=_failed(sorted(works, key=lambda work: work.lang == lang)),
    )


def _failed(works: Sequence[GradedSubmission]) -> tuple[FailedCheck, ...]:
    """The checks by how many learners met their failure; the ids and titles are those of our own replays.

    A replay speaks its learner's language, so a title is that of the last work: the caller's language comes last.
    """
    titles = {
        check.id: check.title for work in works for check in (work.judged.report.checks if work.judged.report else ())
    }
    failed, stuck = Counter[str](), Counter[str]()
    for work in works:
        seen = Counter(
            check.id for report in work.own_reports for check in report.checks if check.outcome is Outcome.FAILED
        )
        failed.update(seen.keys() & titles.keys())
        stuck.update(name for name, times in seen.items() if times >= OFTEN and name in titles)
    order = sorted(failed, key=lambda name: (-stuck[name], -failed[name], name))
    return tuple(
        FailedCheck(id=name, title=titles[name], failed=failed[name], stuck=stuck[name]) for name in order[:MOST_CHECKS]
    )
