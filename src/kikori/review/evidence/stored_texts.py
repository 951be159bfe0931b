"""What a submission says in words, kept beside the replays so that no page has to open the file."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import sqlalchemy as sql
from sqlalchemy.dialects.sqlite import insert

from kikori.model import Command, Event, Report
from kikori.model.incident import LabEvent
from kikori.model.record import Record
from kikori.review.store import TABLES, ReviewStore
from kikori.submission import Manifest

PAPERS = sql.Table(
    "papers",
    TABLES,
    sql.Column("submission", sql.String, primary_key=True),
    sql.Column("claim", sql.Boolean),
    sql.Column("paper", sql.LargeBinary),
)
"""One row for each submission that was opened; ``paper`` is null where the file could not be read."""


class Paper(Record):
    """A submission without its end state, as far as a person reads it."""

    manifest: Manifest
    events: tuple[Event, ...] = ()
    trail: tuple[Command, ...] = ()
    more: int = 0
    """Commands of the trail that are left out."""
    reports: tuple[Report, ...] = ()
    """The first that the learner saw of what was fixed, if any."""
    claim: bool | None = None
    """Whether the learner's own last report passed; ``None`` where there was none."""
    explanation: str = ""
    lab_events: tuple[LabEvent, ...] = ()
    """What the lab's services wrote down of an incident, by the submission's own word."""


def keep(store: ReviewStore, papers: Iterable[tuple[str, Paper | None]]) -> None:
    """Write down what submissions say, by their digests."""
    rows = [
        {
            "submission": submission,
            "claim": paper.claim if paper else None,
            "paper": msgspec.json.encode(paper) if paper else None,
        }
        for submission, paper in papers
    ]
    if rows:
        with store.engine.begin() as line:
            line.execute(insert(PAPERS).on_conflict_do_nothing(), rows)


def claims(store: ReviewStore) -> dict[str, bool | None]:
    """What each submission that was opened claims, by its digest."""
    with store.engine.connect() as line:
        return {row.submission: row.claim for row in line.execute(sql.select(PAPERS.c.submission, PAPERS.c.claim))}


def paper_of(store: ReviewStore, submission: str) -> Paper | None:
    """What one submission says; ``None`` where its file could not be read."""
    with store.engine.connect() as line:
        data = line.execute(sql.select(PAPERS.c.paper).where(PAPERS.c.submission == submission)).scalar()
    return msgspec.json.decode(data, type=Paper) if data else None
