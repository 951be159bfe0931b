"""The submissions that lie in a folder now, with all that the queue needs to know of each, kept up to date."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec
import sqlalchemy as sql

from kikori.content import Catalog
from kikori.content.rubric import Rubric, rubric_of
from kikori.errors import KikoriError
from kikori.model import Lab
from kikori.replay.verdict import Row, with_doubts
from kikori.review.batch import shown
from kikori.review.evidence.excerpt import opened_paper
from kikori.review.evidence.stored_texts import claims, keep, paper_of
from kikori.review.marks import INSTRUCTOR, Mark, added_up, marks_of, revision
from kikori.review.similarity.index import Likenesses
from kikori.review.similarity.measure import Pair, own_words
from kikori.review.store import REPLAYS, ReviewStore, digest_of
from kikori.review.web.queue import Entry
from kikori.submission import SUFFIX
from kikori.submission.senders import Senders, claim_of, doubts_of, origin

PATIENCE = 1.0
"""Seconds for which what was seen of the folder holds."""
RUBRIC = "rubric.toml"
AT_ONCE = 50
"""Submissions that are opened before what they say is written down."""


class Told(msgspec.Struct):
    """Of what was judged, the row alone; the rest is passed over."""

    row: Row


class ReviewFolder:
    """A reviewed folder. Several threads may ask it."""

    def __init__(self, folder: Path, store: ReviewStore, catalog: Catalog) -> None:
        self.folder = folder
        self.store = store
        self.catalog = catalog
        self.turn = threading.Lock()
        self.labs: dict[str, Lab | None] = {}
        self.digests: dict[tuple[str, int, int], str] = {}
        self.rows: dict[str, tuple[float, Row]] = {}
        self.claims = claims(store)
        self.likenesses = Likenesses(store, self._written_by)
        self.alike: dict[str, list[Pair]] = self.likenesses.all()
        self.marks: dict[str, list[Mark]] = {}
        self.marks_seen = -1
        self.files: dict[str, list[Path]] = {}
        self.senders: dict[str, tuple[str, ...]] = {}
        self.looked = 0.0
        self.known: dict[str, Entry] = {}
        self.rubrics: dict[str, Rubric] = {}
        self.rubrics_seen: dict[str, tuple[int, int]] = {}
        self.origins: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        self.doubts: dict[str, tuple[str, ...]] = {}

    def entries(self) -> dict[str, Entry]:
        """What lies there and was replayed, by digest."""
        with self.turn:
            if self._look() | self._read_marks():
                self.known = {submission: self._entry(submission) for submission in self.rows}
            return self.known

    @property
    def waiting(self) -> list[str]:
        """Names of files that were not replayed yet."""
        missing = [files[0] for one, files in self.files.items() if one not in self.rows]
        return sorted(shown(file.relative_to(self.folder)) for file in missing)

    def lab(self, name: str) -> Lab | None:
        """A lab by the name that a submission gives; ``None`` where there is none of that name."""
        if name not in self.labs:
            try:
                self.labs[name] = self.catalog.lab(name)
            except KikoriError:
                return None
        return self.labs[name]

    def rubric(self, name: str) -> Rubric:
        """A lab's mark scheme; an empty one where it has none."""
        lab = self.lab(name)
        return (rubric_of(lab.graders / RUBRIC) if lab else None) or Rubric(criteria=())

    def comments(self, lab: str) -> dict[str, list[str]]:
        """What was said before of submissions of a lab, by criterion; what was said most often first."""
        with self.turn:
            said: dict[str, Counter[str]] = defaultdict(Counter)
            for submission, marks in self.marks.items():
                if submission in self.rows and self.rows[submission][1].lab == lab:
                    for mark in marks:
                        if mark.by == INSTRUCTOR and mark.comment:
                            said[mark.criterion][mark.comment] += 1
            return {criterion: [text for text, _ in counts.most_common()] for criterion, counts in said.items()}

    def _entry(self, submission: str) -> Entry:
        row = self._row(submission)
        origins = self.origins.get((row.learner, row.lab), []) if row.learner else []
        rubric, marks = self._rubric_once(row.lab), self.marks.get(submission, [])
        return Entry(
            submission=submission,
            row=row,
            standing=added_up(rubric, marks, row.verdict),
            criteria=len(rubric.criteria),
            touched=any(mark.by == INSTRUCTOR for mark in marks),
            claim=self.claims.get(submission),
            alike=tuple(self._others(submission)),
            twice=len(origins) > 1,
            origins=len({*origins}) or 1,
        )

    def _row(self, submission: str) -> Row:
        found = self.rows[submission][1]
        return with_doubts(found, self.senders.get(submission, ()), self.doubts.get(submission, ()))

    def _others(self, submission: str) -> Iterator[Pair]:
        """Those that are like it, apart from the same learner's own and those whose file is gone."""
        learner = self.rows[submission][1].learner
        for pair in self.alike.get(submission, ()):
            if pair.other in self.rows and self.rows[pair.other][1].learner != learner:
                yield pair

    def _rubric_once(self, lab: str) -> Rubric:
        if lab not in self.rubrics:
            self.rubrics[lab] = self.rubric(lab)
        return self.rubrics[lab]

    def _look(self) -> bool:
        """Take in what has come or gone; says whether anything has."""
        if time.monotonic() - self.looked < PATIENCE:
            return False
        before = dict(self.rows), self.senders, self.rubrics_seen
        self.files = self._lying_there()
        known = Senders()
        self.senders = {one: found for one, files in self.files.items() if (found := known.of(*files))}
        self._read_rows()
        self._open_new()
        labs = {one: row.lab for one, (_, row) in self.rows.items() if row.lab}
        if self.likenesses.update(labs):
            self.alike = self.likenesses.all()
        self.looked = time.monotonic()
        self.rubrics, self.rubrics_seen = {}, dict(self._rubric_files())
        self.origins, self.doubts = self._origins(), self._doubts()
        return before != (self.rows, self.senders, self.rubrics_seen)

    def _origins(self) -> dict[tuple[str, str], list[tuple[str, ...]]]:
        """Where the submissions of one learner's name and lab come from, each."""
        found = defaultdict(list)
        for submission in self.rows:
            row = self._row(submission)
            found[row.learner, row.lab].append(origin(row.senders, row.attempt))
        return found

    def _doubts(self) -> dict[str, tuple[str, ...]]:
        """Why whose each is may be asked."""
        rows = {one: self._row(one) for one in self.rows}
        return dict(zip(rows, doubts_of([claim_of(row, row.senders) for row in rows.values()]), strict=True))

    def _rubric_files(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """What tells whether a mark scheme was edited: somebody changes it while others mark."""
        for name in {row.lab for _, row in self.rows.values()}:
            lab = self.labs.get(name)
            with contextlib.suppress(OSError):
                if lab:
                    told = (lab.graders / RUBRIC).stat()
                    yield name, (told.st_mtime_ns, told.st_size)

    def _lying_there(self) -> dict[str, list[Path]]:
        """The folder's files by digest; only what has changed is read again."""
        found: dict[str, list[Path]] = defaultdict(list)
        for file in sorted(self.folder.rglob(f"*{SUFFIX}")):
            try:
                told = file.stat()
                key = (str(file), told.st_size, told.st_mtime_ns)
                if key not in self.digests:
                    self.digests[key] = digest_of(file) if file.is_file() else shown(file.relative_to(self.folder))
                found[self.digests[key]].append(file)
            except OSError:
                continue  # it went away, or can't be read; its row, where there is one, is not shown
        return found

    def _read_rows(self) -> None:
        """The rows of what lies there; only those judged since are decoded again."""
        wanted = sql.select(REPLAYS.c.submission, REPLAYS.c.at)
        with self.store.engine.connect() as line:
            times = {one: at for one, at in line.execute(wanted) if one in self.files}
            stale = [one for one, at in times.items() if self.rows.get(one, (None,))[0] != at]
            for submission in stale:
                data = line.execute(sql.select(REPLAYS.c.judged).where(REPLAYS.c.submission == submission)).scalar()
                if data:
                    row = msgspec.json.decode(data, type=Told).row
                    row = msgspec.structs.replace(row, file=shown(self.files[submission][0].relative_to(self.folder)))
                    self.rows[submission] = times[submission], row
        self.rows = {one: kept for one, kept in self.rows.items() if one in times}

    def _open_new(self) -> None:
        """Open what was not opened before, and write down what it says."""
        new = [one for one in self.rows if one not in self.claims]
        for start in range(0, len(new), AT_ONCE):
            papers = [(one, opened_paper(self.files[one][0])) for one in new[start : start + AT_ONCE]]
            keep(self.store, papers)
            self.claims |= {one: paper.claim if paper else None for one, paper in papers}

    def _read_marks(self) -> bool:
        """Read the marks again where somebody has changed them, here or with another command."""
        seen = revision(self.store)
        if seen == self.marks_seen:
            return False
        found: dict[str, list[Mark]] = defaultdict(list)
        for mark in marks_of(self.store):
            found[mark.submission].append(mark)
        self.marks, self.marks_seen = dict(found), seen
        return True

    def _written_by(self, submission: str) -> str:
        """What a learner wrote, for the comparison."""
        paper = paper_of(self.store, submission)
        lab = self.lab(paper.manifest.lab) if paper else None
        return own_words(paper.explanation, lab.about.prompts if lab else ()) if paper else ""
