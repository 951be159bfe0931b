"""What a class handed in: of each learner and lab the submission that counts, with its replay and its marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace

from kikori import explanation_rules, settings
from kikori.attempts import timing
from kikori.attempts.timing import since_last_break
from kikori.content import Catalog
from kikori.content.rubric import Rubric, rubric_of
from kikori.errors import KikoriError
from kikori.model import Command, Event, Lab, Report
from kikori.model.record import Record
from kikori.replay.case import language_spoken
from kikori.replay.verdict import Judged, with_doubts
from kikori.review.batch import shown
from kikori.review.evidence.view import own_reports
from kikori.review.marks import Mark, Marked, added_up, marks_of
from kikori.review.store import ReviewStore, digest_of, reviewed
from kikori.settings import Lang
from kikori.submission import SUFFIX, read_records
from kikori.submission.format import Manifest
from kikori.submission.senders import Claim, Senders, claim_of, doubts_of, origin, strangers

LONGEST = 7 * 24 * 60.0
"""Minutes; whoever took more than a week by their own clock has a clock that is wrong."""
LONGEST_NAME = 100


class GradedSubmission(Record, dict=True):
    """One learner's submission of one lab."""

    submission: str
    """Its digest, as in the store of replays."""
    file: str
    senders: tuple[str, ...]
    """Who sent it, where a cohort's server took it in."""
    lab: Lab
    """The lab as it is at hand, whichever version the learner had."""
    rubric: Rubric
    """The lab's mark scheme; an empty one where it has none."""
    manifest: Manifest
    events: tuple[Event, ...]
    trail: tuple[Command, ...]
    reports: tuple[Report, ...]
    explanation: str
    judged: Judged
    marks: tuple[Mark, ...] = ()
    doubts: tuple[str, ...] = ()
    """Why whose it is may be asked."""

    @property
    def learner(self) -> str:
        """Whose it is, by its own word."""
        return self.manifest.learner

    @property
    def own(self) -> bool:
        """Whether nobody else is known to have sent it."""
        return self.rank > 0

    @property
    def rank(self) -> int:
        """How well it is known whose it is: 2 sent by the learner, 1 by nobody knows whom, 0 by somebody else."""
        if not self.senders:
            return 1
        return 2 if len(strangers(self.learner, self.senders)) < len(self.senders) else 0

    @property
    def claim(self) -> Claim:
        """Whose it is, as far as it says."""
        return claim_of(self.manifest, self.senders)

    def doubted(self, doubts: tuple[str, ...]) -> GradedSubmission:
        """Add why whose it is may be asked, and what that makes of the verdict."""
        row = with_doubts(self.judged.row, self.senders, doubts)
        return replace(self, doubts=doubts, judged=replace(self.judged, row=row))

    @property
    def marked(self) -> Marked:
        """The instructor's marks, added up."""
        return added_up(self.rubric, list(self.marks), self.judged.row.verdict)

    @property
    def points(self) -> float | None:
        """What the explanation got; nothing as long as a criterion has no mark."""
        done = self.marked
        return done.points if done.marked == len(self.rubric.criteria) > 0 else None

    @cached_property
    def own_reports(self) -> tuple[Report, ...]:
        """The learner's own reports of what was fixed."""
        return own_reports(self.events, self.reports)

    @property
    def minutes(self) -> dict[str, float]:
        """Minutes from the break, pauses left out, to the first check, the fix and the submission, as far as known."""
        clock = timing(self.events, until=self.manifest.created)
        took = {"check": clock.to_first_check, "mend": clock.to_mend, "submission": clock.total or None}
        return {name: round(s / 60, 1) for name, s in took.items() if s is not None and s / 60 <= LONGEST}

    @property
    def hints(self) -> int:
        """Rungs of the ladder that were taken since the break."""
        return sum(event.event == "hint" for event in since_last_break(self.events))

    @property
    def lang(self) -> Lang:
        """The language that the learner writes in, and that the replay's checks speak; else that of this computer."""
        return language_spoken(self.explanation, self.reports) or settings.language()


class Classwork(Record):
    """The submissions that count, by learner and lab, and what an instructor should know of the others."""

    works: tuple[GradedSubmission, ...]
    told: tuple[str, ...] = ()


def classwork(folder: Path, catalog: Catalog) -> Classwork:
    """Read a folder that was reviewed.

    Raises:
        KikoriError: there is no submission, or none was replayed yet.
        EnvironmentProblem: the folder can't be written.
    """
    told: list[str] = []
    with reviewed(folder) as store:
        found = list(_read(folder, store, catalog, told))
    doubts = doubts_of([work.claim for work in found])
    found = [work.doubted(why) for work, why in zip(found, doubts, strict=True)]
    works = tuple(_latest(found, told))
    if not works:
        raise KikoriError("\n".join([f"{folder}: no submission there that was replayed.", *told]), "kikori review")
    return Classwork(works=works, told=tuple(told))


def _read(folder: Path, store: ReviewStore, catalog: Catalog, told: list[str]) -> Iterator[GradedSubmission]:
    files: dict[str, list[Path]] = defaultdict(list)
    senders, labs = Senders(), cache(lambda name: _lab(name, catalog))
    for file in sorted(folder.rglob(f"*{SUFFIX}")):
        try:
            files[digest_of(file)].append(file)
        except OSError as problem:
            told.append(f"{shown(file.relative_to(folder))}: left out: {problem}")
    for digest, same in files.items():
        name = shown(same[0].relative_to(folder))
        try:
            yield _work(same[0], name, senders.of(*same), digest, store, labs)
        except (KikoriError, OSError) as problem:
            told.append(f"{name}: left out: {problem}")
    for strange in senders.strange:
        name = shown(strange.relative_to(folder))
        told.append(f"{name}: not of this computer's cohort server, so nothing in it counts")


def _lab(name: str, catalog: Catalog) -> tuple[Lab, Rubric]:
    lab = catalog.lab(name)
    return lab, rubric_of(lab.graders / "rubric.toml") or Rubric(criteria=())


def _work(
    file: Path,
    name: str,
    senders: tuple[str, ...],
    digest: str,
    store: ReviewStore,
    labs: Callable[[str], tuple[Lab, Rubric]],
) -> GradedSubmission:
    """One file with what is known of it; only what a person reads is kept of it."""
    replayed = store.known(digest)
    if replayed is None:
        raise KikoriError("not replayed yet; kikori review does that")
    handed = read_records(file)
    if not handed.manifest.learner.strip() or len(handed.manifest.learner) > LONGEST_NAME:
        raise KikoriError(f"names no learner, or one with more than {LONGEST_NAME} letters")
    lab, rubric = labs(handed.manifest.lab)
    return GradedSubmission(
        submission=digest,
        file=name,
        senders=senders,
        lab=lab,
        rubric=rubric,
        manifest=handed.manifest,
        events=handed.events,
        trail=handed.trail,
        reports=handed.reports,
        explanation=handed.explanation if len(handed.explanation) <= explanation_rules.LONGEST else "",
        judged=replayed.judged,
        marks=tuple(marks_of(store, digest)),
    )


def _latest(works: Sequence[GradedSubmission], told: list[str]) -> Iterator[GradedSubmission]:
    """The last that each learner handed in of each lab; none that somebody else sent stands before their own.

    Who wrote the name into a file is not known, so whatever may be somebody else's is told.
    """

    def whose(work: GradedSubmission) -> tuple[str, str]:
        return work.learner, work.lab.id

    for _, group in groupby(sorted(works, key=whose), key=whose):
        own = sorted(group, key=lambda work: (work.rank, work.manifest.created, work.file))
        told += _told(own)
        yield own[-1]


def _told(own: Sequence[GradedSubmission]) -> Iterator[str]:
    """What an instructor should know of one learner's submissions of one lab, the one that counts last."""
    counts, files = own[-1], ", ".join(work.file for work in own)
    for work in own:
        if foreign := strangers(work.learner, work.senders):
            yield f"{work.file}: sent by {', '.join(foreign)}, and says that it is by {work.learner}"
    if len(own) > 1:
        last = _why_last({work.rank for work in own})
        origins = len({origin(work.senders, work.manifest.attempt) for work in own})
        doubt = f"; they come from {origins} attempts or senders: ask whose they are" if origins > 1 else ""
        head = f"{counts.learner} has {len(own)} submissions of {counts.lab.id} ({files})"
        yield f"{head}; {counts.file} counts, as {last}{doubt}"


def _why_last(ranks: set[int]) -> str:
    """Say why the one that counts does."""
    if len(ranks) == 1:
        return "the last"
    return "the last that is known to be theirs" if {1, 2} <= ranks else "the last that nobody else sent"


def file_names(learners: Sequence[str]) -> dict[str, str]:
    """A name for each learner that any file system takes, and that no two share."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for learner in sorted(set(learners)):
        plain = "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in learner)
        plain = plain.strip(".")[:40] or "learner"
        free = next(name for name in _numbered(plain) if name.casefold() not in taken)
        taken.add(free.casefold())
        found[learner] = free
    return found


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in range(2, 100_000))
