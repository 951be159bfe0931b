"""Which explanations are alike: computed once, and kept beside the replays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import sqlalchemy as sql
from sqlalchemy.dialects.sqlite import insert

from kikori.review.similarity.measure import Comparison, Pair
from kikori.review.store import TABLES, ReviewStore

COMPARED = sql.Table(
    "compared",
    TABLES,
    sql.Column("submission", sql.String, primary_key=True),
    sql.Column("lab", sql.String, nullable=False),
)
PAIRS = sql.Table(
    "pairs",
    TABLES,
    sql.Column("one", sql.String, primary_key=True),
    sql.Column("other", sql.String, primary_key=True),
    sql.Column("likeness", sql.Float, nullable=False),
)

Read = Callable[[str], str]
"""Gives what a learner wrote, by the submission's digest."""


class Likenesses:
    """The pairs of a folder, brought up to date as submissions come in."""

    def __init__(self, store: ReviewStore, read: Read) -> None:
        self.store = store
        self.read = read
        self.comparisons: dict[str, Comparison] = {}
        with store.engine.connect() as line:
            rows = line.execute(sql.select(COMPARED))
            self.compared = {row.submission: row.lab for row in rows}

    def update(self, labs: Mapping[str, str]) -> bool:
        """Compare what is new, within its lab; ``labs`` are those of all submissions. Says whether anything was."""
        new = defaultdict(list)
        for submission, lab in labs.items():
            if submission not in self.compared:
                new[lab].append(submission)
        for lab, submissions in new.items():
            self._compare(lab, submissions)
        return bool(new)

    def _compare(self, lab: str, new: list[str]) -> None:
        """Compare the new ones with all of their lab; all anew where these are more than were known.

        What most of a class shares is only seen once the class is there.
        """
        known = [submission for submission, its in self.compared.items() if its == lab]
        comparison = self._comparison(lab, known)
        for submission in new:
            comparison.add(submission, self.read(submission))
        anew = len(new) >= len(known)
        found = comparison.pairs(None if anew else new)
        self._keep(lab, new, found, anew=anew)
        self.compared |= dict.fromkeys(new, lab)

    def _comparison(self, lab: str, known: Iterable[str]) -> Comparison:
        if lab not in self.comparisons:
            self.comparisons[lab] = Comparison()
            for submission in known:
                self.comparisons[lab].add(submission, self.read(submission))
        return self.comparisons[lab]

    def _keep(self, lab: str, new: list[str], found: list[Pair], *, anew: bool) -> None:
        rows = [{"one": pair.one, "other": pair.other, "likeness": pair.likeness} for pair in found]
        with self.store.engine.begin() as line:
            if anew:
                ours = sql.select(COMPARED.c.submission).where(COMPARED.c.lab == lab)
                line.execute(sql.delete(PAIRS).where(PAIRS.c.one.in_(ours)))
            noted = [{"submission": one, "lab": lab} for one in new]
            line.execute(insert(COMPARED).on_conflict_do_nothing(), noted)
            if rows:
                line.execute(insert(PAIRS).on_conflict_do_nothing(), rows)

    def all(self) -> dict[str, list[Pair]]:
        """For each submission those that are like it, the nearest first; ``one`` is always itself."""
        found: dict[str, list[Pair]] = defaultdict(list)
        with self.store.engine.connect() as line:
            for one, other, likeness in line.execute(sql.select(PAIRS).order_by(PAIRS.c.likeness.desc())):
                found[one].append(Pair(one=one, other=other, likeness=likeness))
                found[other].append(Pair(one=other, other=one, likeness=likeness))
        return found
