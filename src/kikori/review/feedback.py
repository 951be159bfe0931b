"""Back to the learner: what a review found, in one file for each learner and lab.

Each is written three times, always: as JSON, which ``kikori feedback`` reads; as a page, since a learner may read it
on a phone where there is no Kikori; and as Markdown, for a mail or a course's own platform. Whoever hands them out
need not know beforehand which of them is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

import msgspec

from kikori.attempts.atomic_files import write_whole
from kikori.content import Catalog
from kikori.content.rubric import Criterion
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.model import Outcome
from kikori.model.record import Record
from kikori.replay.case import steps_shown
from kikori.replay.verdict import Verdict
from kikori.review.evidence.anonymize import without
from kikori.review.evidence.view import MOST_CHECKS
from kikori.review.marks import INSTRUCTOR, OVERALL, Level, Mark
from kikori.review.results import GradedSubmission, classwork, file_names
from kikori.review.web.file_templates import markdown, page
from kikori.settings import Lang

FORMAT = 1
SUFFIX = ".feedback"
MOST_BYTES = 2**20
Step = Literal["detect", "locate", "cause", "mitigate"]


class PeerWord(Record):
    """What somebody of the class said, without a name."""

    level: Level | None
    comment: str


class Answered(Record):
    """One criterion: what it asks for and what the explanation got."""

    id: str
    title: str
    full: str
    """What an answer with all points holds."""
    of: int
    points: float | None = None
    level: Level | None = None
    comment: str = ""
    peers: tuple[PeerWord, ...] = ()


class Looked(Record):
    """One check: at the learner's first look, and in the review."""

    title: str
    before: Outcome | None
    after: Outcome | None
    reason: str = ""
    """Why it did not pass in the review."""


class Feedback(Record):
    """All that a learner is told of a submission."""

    lang: Lang
    learner: str
    lab: str
    title: str
    verdict: Verdict
    by_hand: bool
    """Whether a person gave the verdict."""
    reason: str
    """Why the machine did not verify it, where its word stands."""
    comment: str
    """What the instructor says of the whole."""
    points: float | None
    of: int
    criteria: tuple[Answered, ...]
    peers: tuple[PeerWord, ...]
    """What the class says of the whole."""
    checks: tuple[Looked, ...]
    steps: tuple[Step, ...]
    """Which of detect, locate, cause and mitigate were shown."""
    asked: tuple[Step, ...]
    """Those that this lab can show; none where it has no faults to find."""
    minutes: float | None
    hints: int
    said: tuple[Step, ...] = ()
    """Which of the steps the learner's own record says."""
    format: int = FORMAT

    def shown(self, step: Step) -> Literal["yes", "said", "no", "unknown"]:
        """Whether a step was shown; nobody knows of a fix that no replay could try."""
        if step in self.steps:
            return "yes"
        if step in self.said:
            return "said"
        return "unknown" if step == "mitigate" and self.verdict is Verdict.COULD_NOT_VERIFY else "no"


class Written(Record):
    """What was written, and where."""

    folder: str
    files: int
    learners: int
    unmarked: int
    """Feedback files in which a criterion has no mark yet."""
    told: tuple[str, ...]


def write_feedback(folder: Path, to: Path, catalog: Catalog) -> Written:
    """Write the feedback of every learner and lab of a reviewed folder.

    Raises:
        KikoriError: there is no submission, or none was replayed yet.
        EnvironmentProblem: the files can't be written.
    """
    found = classwork(folder, catalog)
    names = file_names([work.learner for work in found.works])
    told = list(found.told)
    for work in found.works:
        if work.marked.overtaken:
            told.append(f"{work.file}: the machine says something else now than when it was marked; look again")
        _write(to / f"{names[work.learner]}-{work.lab.id}", feedback_of(work))
    unmarked = sum(work.points is None and bool(work.rubric.criteria) for work in found.works)
    return Written(folder=str(to), files=len(found.works), learners=len(names), unmarked=unmarked, told=tuple(told))


def _write(place: Path, value: Feedback) -> None:
    forms = {
        "json": msgspec.json.format(msgspec.json.encode(value), indent=1),
        "html": html_of(value).encode(),
        "md": markdown_of(value).encode(),
    }
    try:
        for ending, data in forms.items():
            write_whole(place.with_name(f"{place.name}{SUFFIX}.{ending}"), data)
    except OSError as problem:
        raise EnvironmentProblem(f"{place.parent}: can't be written: {problem.strerror}", "--to FOLDER") from None


def feedback_of(work: GradedSubmission) -> Feedback:
    """What the learner of a submission is told."""
    row, marked, lang = work.judged.row, work.marked, work.lang
    own = {mark.criterion: mark for mark in work.marks if mark.by == INSTRUCTOR}
    return Feedback(
        lang=lang,
        learner=work.learner,
        lab=work.lab.id,
        title=work.lab.about.title.lang(lang),
        verdict=marked.verdict,
        by_hand=marked.by_hand,
        reason="" if marked.by_hand else row.reason,
        comment=own[OVERALL].comment if OVERALL in own else "",
        points=work.points,
        of=marked.of,
        criteria=tuple(_answered(work, one, own.get(one.id), lang) for one in work.rubric.criteria),
        peers=_peers(work, OVERALL, lang),
        checks=tuple(_looked(work)),
        steps=_steps(work),
        said=tuple(step for step in get_args(Step) if step in work.judged.row.said),
        asked=get_args(Step) if work.lab.faults else (),
        minutes=work.minutes.get("submission"),
        hints=work.hints,
    )


def _steps(work: GradedSubmission) -> tuple[Step, ...]:
    """The steps that are shown, by the replay or by the instructor's word in its place."""
    shown = steps_shown(work.lab, work.lab.faults.get(work.judged.row.fault), fixed=work.marked.passed)
    return tuple(step for step in get_args(Step) if step in shown)


def _answered(work: GradedSubmission, one: Criterion, mark: Mark | None, lang: Lang) -> Answered:
    level = mark.level if mark else None
    return Answered(
        id=one.id,
        title=one.title.lang(lang),
        full=one.full.lang(lang),
        of=one.points,
        points=None if level is None else level.points(one),
        level=level,
        comment=mark.comment if mark else "",
        peers=_peers(work, one.id, lang),
    )


def _peers(work: GradedSubmission, criterion: str, lang: Lang) -> tuple[PeerWord, ...]:
    """What the class said, in no order that tells who."""
    marks = [mark for mark in work.marks if mark.by != INSTRUCTOR and mark.criterion == criterion]
    told = [PeerWord(level=mark.level, comment=without([mark.by], mark.comment, "peer", lang)) for mark in marks]
    return tuple(sorted(told, key=lambda word: (word.comment, word.level or 0)))


def _looked(work: GradedSubmission) -> Iterator[Looked]:
    """The checks of the replay, which spoke the learner's language; else those that the learner saw."""
    first = work.own_reports[0] if work.own_reports else None
    after = work.judged.report
    before = {check.id: check for check in first.checks[:MOST_CHECKS]} if first else {}
    for check in after.checks if after else before.values():
        seen = before.get(check.id)
        yield Looked(
            title=check.title,
            before=seen.outcome if seen else None,
            after=check.outcome if after else None,
            reason=check.reason if after and check.outcome is not Outcome.PASSED else "",
        )


def read_feedback(file: Path) -> Feedback:
    """Read what an instructor sent.

    Raises:
        KikoriError: the file is not there, or is no feedback file of this format.
    """
    try:
        with file.open("rb") as data:
            text = data.read(MOST_BYTES + 1)
    except OSError as problem:
        raise KikoriError(f"{file}: can't be read: {problem.strerror}", "kikori feedback FILE") from None
    try:
        found = msgspec.json.decode(text, type=Feedback) if len(text) <= MOST_BYTES else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = None
    if found is None or found.format != FORMAT:
        message = f"{file}: not a feedback file of this Kikori; its name ends in {SUFFIX}.json"
        raise KikoriError(message, "ask your instructor for it, or open the .html file")
    return found


def html_of(value: Feedback) -> str:
    """Feedback as a page of its own."""
    return page("feedback", value.lang, f=value, levels=[*Level])


def markdown_of(value: Feedback) -> str:
    """Feedback as Markdown."""
    return markdown("feedback", value.lang, f=value)
