"""Marks: what a person says of a submission, kept in the same file as the replays."""

from __future__ import annotations

import time
from enum import IntEnum

import sqlalchemy as sql
from sqlalchemy.dialects.sqlite import insert

from kikori.content.rubric import Criterion, Rubric
from kikori.model.record import Record
from kikori.replay.verdict import Verdict
from kikori.review.manual_verdicts import INSTRUCTOR, MARKS, OVERALL
from kikori.review.store import TABLES, ReviewStore

__all__ = ["INSTRUCTOR", "MARKS", "OVERALL", "Level", "Mark", "Marked", "added_up", "marks_of", "note", "revision"]

REVISIONS = sql.Table(
    "revisions",
    TABLES,
    sql.Column("what", sql.String, primary_key=True),
    sql.Column("number", sql.Integer, nullable=False),
)
"""How often something was written: a clock may be set back, a count may not."""


class Level(IntEnum):
    """How far an answer goes, from nothing of what a full one holds to all of it."""

    NOTHING = 0
    A_LITTLE = 1
    MOST = 2
    ALL = 3

    def points(self, criterion: Criterion) -> float:
        """What a criterion gives at this level, to half a point."""
        return round(2 * criterion.points * self / Level.ALL) / 2


class Mark(Record):
    """One person's word on one criterion, or on the whole."""

    submission: str
    """Its digest, as in the store of replays."""
    criterion: str = OVERALL
    by: str = INSTRUCTOR
    level: Level | None = None
    verdict: str = ""
    """On the whole: the verdict that this person gives in place of the machine's; empty to leave it."""
    comment: str = ""
    machine: str = ""
    """The machine's verdict that this person saw; empty for what it is when the mark is written down."""
    at: float = 0.0


def note(store: ReviewStore, *marks: Mark) -> None:
    """Write marks down, all or none of them, in place of the same persons' earlier ones."""
    machines = [mark.machine or _machine(store, mark.submission) for mark in marks]
    with store.engine.begin() as line:
        for mark, machine in zip(marks, machines, strict=True):
            values = {"level": mark.level, "verdict": mark.verdict, "comment": mark.comment, "at": time.time()}
            values |= {"machine": machine}
            keys = {"submission": mark.submission, "criterion": mark.criterion, "by": mark.by}
            wanted = insert(MARKS).values(**keys, **values)
            line.execute(wanted.on_conflict_do_update(index_elements=list(keys), set_=values))
        counted = insert(REVISIONS).values(what=MARKS.name, number=1)
        line.execute(counted.on_conflict_do_update(index_elements=["what"], set_={"number": REVISIONS.c.number + 1}))


def revision(store: ReviewStore) -> int:
    """How often marks were written into a store: another number, other marks."""
    with store.engine.connect() as line:
        return line.scalar(sql.select(REVISIONS.c.number).where(REVISIONS.c.what == MARKS.name)) or 0


def _machine(store: ReviewStore, submission: str) -> str:
    """The machine's verdict now."""
    known = store.known(submission)
    return known.judged.row.verdict if known else ""


def marks_of(store: ReviewStore, submission: str | None = None) -> list[Mark]:
    """All marks of a submission, or of all."""
    wanted = sql.select(MARKS).order_by(MARKS.c.at)
    if submission is not None:
        wanted = wanted.where(MARKS.c.submission == submission)
    with store.engine.connect() as line:
        return [_mark(row) for row in line.execute(wanted)]


def _mark(row: sql.Row[tuple[object, ...]]) -> Mark:
    found = dict(row._mapping)
    level = found.pop("level")
    return Mark(**found, level=None if level is None else Level(level))


class Marked(Record):
    """A submission's marks added up."""

    points: float
    of: int
    marked: int
    """How many criteria have a mark."""
    verdict: Verdict
    """The instructor's where there is one, else the machine's."""
    by_hand: bool
    overtaken: bool
    """Whether the machine says something else now than when a person gave a verdict or a mark."""

    @property
    def passed(self) -> bool:
        """Whether it counts as done."""
        return self.verdict is Verdict.VERIFIED


def added_up(rubric: Rubric, marks: list[Mark], machine: Verdict) -> Marked:
    """The instructor's marks of one submission; a verdict by hand always wins."""
    own = [mark for mark in marks if mark.by == INSTRUCTOR]
    levels = {mark.criterion: mark.level for mark in own if mark.level is not None}
    by_hand = next((mark.verdict for mark in own if mark.criterion == OVERALL and mark.verdict), "")
    return Marked(
        points=sum(levels[one.id].points(one) for one in rubric.criteria if one.id in levels),
        of=sum(one.points for one in rubric.criteria),
        marked=sum(one.id in levels for one in rubric.criteria),
        verdict=Verdict(by_hand) if by_hand else machine,
        by_hand=bool(by_hand),
        overtaken=any(mark.machine != machine for mark in own),
    )
