"""What persons say of submissions, as the store keeps it; the instructor's verdict stands beside the machine's."""

from __future__ import annotations

import sqlalchemy as sql

from kikori.review.store import TABLES, ReviewStore

INSTRUCTOR = ""
"""Whose marks count; peers have a name."""
OVERALL = ""
"""In place of a criterion: what is said of the submission as a whole."""

MARKS = sql.Table(
    "marks",
    TABLES,
    sql.Column("submission", sql.String, primary_key=True),
    sql.Column("criterion", sql.String, primary_key=True),
    sql.Column("by", sql.String, primary_key=True),
    sql.Column("level", sql.Integer),
    sql.Column("verdict", sql.String, nullable=False),
    sql.Column("comment", sql.Text, nullable=False),
    sql.Column("machine", sql.String, nullable=False),
    sql.Column("at", sql.Float, nullable=False),
)


def verdicts(store: ReviewStore) -> dict[str, str]:
    """The verdicts that the instructor gave in place of the machine's, by submission."""
    wanted = sql.select(MARKS.c.submission, MARKS.c.verdict).where(
        MARKS.c.by == INSTRUCTOR, MARKS.c.criterion == OVERALL, MARKS.c.verdict != ""
    )
    with store.engine.connect() as line:
        return {row.submission: row.verdict for row in line.execute(wanted)}
