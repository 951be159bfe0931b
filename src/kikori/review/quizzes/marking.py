"""Answers with their points: a table for a spreadsheet, what a class knows of each objective, and the rise."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

from kikori.attempts.atomic_files import write_whole
from kikori.errors import EnvironmentProblem, Exit, KikoriError
from kikori.model.quiz import Quiz, QuizKind
from kikori.model.record import Record
from kikori.review.gradebook.spreadsheet import cell
from kikori.review.quizzes.answers import AnswerSheet, Collected, Refused
from kikori.visible_text import doubtful_names


class MarkedSheet(Record):
    """One learner's points in one quiz."""

    learner: str
    quiz: str
    points: int
    of: int
    left_out: int
    """Questions without an answer."""
    objectives: dict[str, tuple[int, int]]
    """Points, and questions, by objective."""
    file: str


class QuestionShare(Record):
    """How many of a class answered a question right."""

    quiz: str
    question: str
    objective: str
    right: int
    of: int


class MarkedClass(Record):
    """A class's sheets, its questions from the one that fewest knew, and what was not counted."""

    sheets: tuple[MarkedSheet, ...]
    questions: tuple[QuestionShare, ...]
    refused: tuple[Refused, ...]
    told: tuple[str, ...]
    """What the instructor should look at."""

    @property
    def exit_code(self) -> Exit:
        """1 where a file was not counted."""
        return Exit.CHECK_FAILED if self.refused else Exit.DONE


class Rise(Record):
    """A class before and after: of whoever took both tests."""

    pre: str
    post: str
    of: int
    """Points that can be had in each."""
    by_chance: float
    """Points in the second test of somebody who guesses each answer."""
    learners: tuple[tuple[str, int, int], ...]
    """Name, points before, points after."""
    objectives: dict[str, tuple[float, float]]
    """The share of right answers before and after, by objective."""
    one_only: tuple[str, ...]
    """Who took one of the tests, and is not in the chart."""
    refused: tuple[Refused, ...] = ()

    @property
    def medians(self) -> tuple[float, float]:
        """The points of the learner in the middle, before and after."""
        return median(before for _, before, _ in self.learners), median(after for _, _, after in self.learners)

    @property
    def exit_code(self) -> Exit:
        """1 where a file was not counted."""
        return Exit.CHECK_FAILED if self.refused else Exit.DONE


def marked(collected: Collected) -> MarkedClass:
    """Mark all sheets, in the order of quizzes and names."""
    sheets = sorted(collected.sheets, key=lambda one: (one.quiz.about.order, one.quiz.id, one.learner))
    doubtful = sorted(doubtful_names(sheet.learner for sheet in sheets))
    return MarkedClass(
        sheets=tuple(mark(sheet) for sheet in sheets),
        questions=tuple(sorted(_shares(sheets), key=lambda one: one.right / one.of)),
        refused=collected.refused,
        told=tuple(f"{name}: looks like another name, or mixes scripts" for name in doubtful),
    )


def mark(sheet: AnswerSheet) -> MarkedSheet:
    """Mark one sheet."""
    right = Counter(one.objective for one in sheet.quiz.questions if sheet.answers.get(one.id) == one.right)
    return MarkedSheet(
        learner=sheet.learner,
        quiz=sheet.quiz.id,
        points=right.total(),
        of=len(sheet.quiz.questions),
        left_out=len(sheet.quiz.questions) - len(sheet.answers),
        objectives={objective: (right[objective], of) for objective, of in sheet.quiz.objectives.items()},
        file=sheet.file,
    )


def _shares(sheets: Sequence[AnswerSheet]) -> Iterable[QuestionShare]:
    for quiz in {sheet.quiz.id: sheet.quiz for sheet in sheets}.values():
        own = [sheet for sheet in sheets if sheet.quiz.id == quiz.id]
        for one in quiz.questions:
            right = sum(sheet.answers.get(one.id) == one.right for sheet in own)
            yield QuestionShare(quiz=quiz.id, question=one.id, objective=one.objective, right=right, of=len(own))


def table(found: MarkedClass) -> str:
    """Write the points as a CSV: a line for each sheet, a column for each objective; names are no formulas."""
    objectives = list(dict.fromkeys(one for sheet in found.sheets for one in sheet.objectives))
    with io.StringIO(newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["learner", "quiz", "points", "of", *objectives])
        for sheet in found.sheets:
            points = [sheet.objectives[one][0] if one in sheet.objectives else "" for one in objectives]
            writer.writerow([cell(value) for value in (sheet.learner, sheet.quiz, sheet.points, sheet.of, *points)])
        return file.getvalue()


def write_table(found: MarkedClass, to: Path) -> None:
    """Write the table where it is wanted.

    Raises:
        EnvironmentProblem: it can't be written there.
    """
    try:
        write_whole(to, table(found).encode("utf-8-sig"))
    except OSError as problem:
        raise EnvironmentProblem(f"{to}: can't be written: {problem.strerror}", "--csv FILE") from None


def rise(before: Collected, after: Collected) -> Rise:
    """Compare the two tests of a class; what is of another kind is left out.

    Raises:
        KikoriError: nobody took both, or the answers are to several quizzes of a kind.
    """
    first, second = _only(before, QuizKind.PRE), _only(after, QuizKind.POST)
    pairs = [(sheet, second[name]) for name, sheet in first.items() if name in second]
    if not pairs:
        raise KikoriError("Nobody took both tests, by the names in the files.", "kikori quiz mark FILE...")
    alone = first.keys() ^ second.keys()
    pre, post = pairs[0][0].quiz, pairs[0][1].quiz
    return Rise(
        pre=pre.id,
        post=post.id,
        of=len(post.questions),
        by_chance=post.by_chance,
        learners=tuple(sorted((a.learner, mark(a).points, mark(b).points) for a, b in pairs)),
        objectives=_objectives(pre, [(mark(a), mark(b)) for a, b in pairs]),
        one_only=tuple(sorted((first | second)[name].learner for name in alone)),
        refused=(*before.refused, *(one for one in after.refused if one not in before.refused)),
    )


def _only(collected: Collected, kind: QuizKind) -> dict[str, AnswerSheet]:
    found = {sheet.whose[0]: sheet for sheet in collected.sheets if sheet.quiz.about.kind is kind}
    names = sorted({sheet.quiz.id for sheet in found.values()})
    if len(names) != 1:
        said = f"answers to several ({', '.join(names)})" if names else "no answers to one"
        raise KikoriError(f"A chart needs one quiz of the kind {kind}; there are {said}.", "kikori quiz mark FILE...")
    return found


def _objectives(pre: Quiz, pairs: Sequence[tuple[MarkedSheet, MarkedSheet]]) -> dict[str, tuple[float, float]]:
    return {
        objective: (_share(objective, [a for a, _ in pairs]), _share(objective, [b for _, b in pairs]))
        for objective in pre.objectives
    }


def _share(objective: str, sheets: Sequence[MarkedSheet]) -> float:
    points = [sheet.objectives.get(objective, (0, 0)) for sheet in sheets]
    return sum(right for right, _ in points) / max(1, sum(of for _, of in points))
