"""A class's scoreboard of tune labs: the best run that each learner's own machine told of."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sql

from kikori.cohort.messages import CheckIn
from kikori.cohort.server.tables import LEARNERS, SCORES
from kikori.model.record import Record


class Scored(Record):
    """A learner's best run at one lab; it outlives the attempt."""

    learner: str
    name: str
    lab: str
    score: int
    grade: float | None
    at: float


def keep_score(line: sql.Connection, learner: str, told: CheckIn, now: float) -> None:
    """Keep what a check-in tells of a score, where it is better than what is known."""
    if told.score is None:
        return
    own = sql.and_(SCORES.c.learner == learner, SCORES.c.lab == told.lab)
    known = line.execute(sql.select(SCORES.c.grade, SCORES.c.score).where(own)).first()
    if known and (told.grade or 0.0, told.score) <= (known.grade or 0.0, known.score):
        return
    line.execute(sql.delete(SCORES).where(own))
    row = {"learner": learner, "lab": told.lab, "score": told.score, "grade": told.grade, "at": now}
    line.execute(sql.insert(SCORES).values(row))


def scoreboard(engine: sql.Engine) -> dict[str, Sequence[Scored]]:
    """List the best runs of each lab, the best of all first."""
    best = (SCORES.c.lab, sql.func.coalesce(SCORES.c.grade, 0.0).desc(), SCORES.c.score.desc(), SCORES.c.at)
    wanted = sql.select(SCORES, LEARNERS.c.name).join(LEARNERS).order_by(*best)
    found: dict[str, list[Scored]] = {}
    with engine.connect() as line:
        for row in line.execute(wanted):
            found.setdefault(row.lab, []).append(Scored(**row._mapping))
    return dict(found)
