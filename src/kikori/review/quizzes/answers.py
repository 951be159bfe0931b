"""The answers of learners, as their pages save them or an instructor types them: a CSV, read as a stranger's."""

from __future__ import annotations

import csv
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kikori.content.strict_reader import nearest
from kikori.errors import KikoriError
from kikori.model.quiz import Question, Quiz
from kikori.model.record import Record
from kikori.visible_text import not_of_a_name, plain_name, same_name, visible

COLUMNS = ("quiz", "learner", "question", "answer")
DELIMITERS = (",", ";", "\t")
"""Spreadsheets write a semicolon where a comma is the decimal sign."""
MOST_BYTES, MOST_LINES, MOST_FILES = 2**20, 20_000, 1000
LONGEST_NAME = 100
HINT = "a CSV with the columns quiz, learner, question, answer, as the page of the quiz saves it"


class AnswerSheet(Record):
    """One learner's answers to one quiz; what was left out is not in them."""

    file: str
    quiz: Quiz
    learner: str
    answers: Mapping[str, str]
    """The letter by the question's id."""

    @property
    def whose(self) -> tuple[str, str]:
        """Whose it is, for all ways to write the name, and of which quiz."""
        return same_name(self.learner), self.quiz.id


class Refused(Record):
    """A file that was not counted, and why."""

    file: str
    reason: str


class Collected(Record):
    """All that could be read, and what could not."""

    sheets: tuple[AnswerSheet, ...]
    refused: tuple[Refused, ...]


def collect(places: Sequence[Path], quizzes: Sequence[Quiz]) -> Collected:
    """Read answers from files, and from the CSV files directly in folders; each file counts whole or not at all.

    Raises:
        KikoriError: a place is not there, or holds no CSV file.
    """
    known = {quiz.id: quiz for quiz in quizzes}
    sheets, refused = list[AnswerSheet](), list[Refused]()
    for file in _files(places):
        try:
            sheets += read_answers(file, known)
        except KikoriError as problem:
            refused.append(Refused(file=visible(file.name), reason=problem.message))
    twice = list(_contradictions(sheets))
    unclear = {sheet.whose for sheet in twice}
    told = [Refused(file=one.file, reason=_said_twice(one, twice)) for one in twice]
    kept = {sheet.whose: sheet for sheet in sheets if sheet.whose not in unclear}
    return Collected(sheets=tuple(kept.values()), refused=(*refused, *told))


def _files(places: Sequence[Path]) -> list[Path]:
    found = dict.fromkeys(file for place in places for file in _files_at(place))
    if not found:
        raise KikoriError(f"{places[0]}: no CSV file there.", HINT)
    if len(found) > MOST_FILES:
        raise KikoriError(f"{len(found)} files are more than the {MOST_FILES} that are read at once.", "a part of them")
    return [*found]


def _files_at(place: Path) -> list[Path]:
    if place.is_dir():
        return sorted(file for file in place.iterdir() if file.suffix.casefold() == ".csv")
    if not place.exists():
        raise KikoriError(f"{place}: there is no such file or folder.", HINT)
    return [place]


def read_answers(file: Path, quizzes: Mapping[str, Quiz]) -> list[AnswerSheet]:
    """Read one file; it may hold the answers of several learners, and to several quizzes.

    Raises:
        KikoriError: it is not such a file; says the line.
    """
    name = visible(file.name)
    given: dict[tuple[str, str], dict[str, str]] = {}
    learners: dict[tuple[str, str], str] = {}
    for line, row in _rows(_text(file, name), name):
        try:
            quiz, learner, question, answer = _checked(row, quizzes)
            whose = same_name(learner), quiz.id
            if question.id in given.setdefault(whose, {}):
                raise KikoriError(f"{learner} answers '{question.id}' twice")
        except KikoriError as problem:
            raise KikoriError(f"{name}, line {line}: {problem.message}", HINT) from None
        learners.setdefault(whose, learner)
        given[whose][question.id] = answer
    return [
        AnswerSheet(
            file=name,
            quiz=quizzes[whose[1]],
            learner=learners[whose],
            answers={question: answer for question, answer in answers.items() if answer},
        )
        for whose, answers in given.items()
    ]


def _text(file: Path, name: str) -> str:
    """The text of a plain file, of a size that is read whole."""
    try:
        opened = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as problem:
        raise KikoriError(f"{name}: can't be read: {problem.strerror}", HINT) from None
    with os.fdopen(opened, "rb") as data:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise KikoriError(f"{name}: not a plain file", HINT)
        held = data.read(MOST_BYTES + 1)
    if len(held) > MOST_BYTES:
        raise KikoriError(f"{name}: longer than {MOST_BYTES // 2**20} MiB", HINT)
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise KikoriError(f"{name}: not a text in UTF-8; a spreadsheet saves it as 'CSV UTF-8'", HINT) from None


def _rows(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the titles, each with its line."""
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise KikoriError(f"{name}: more than {MOST_LINES} lines", HINT)
    delimiter = next((one for one in DELIMITERS if _titles(lines, one) == {*COLUMNS}), "")
    if not delimiter:
        raise KikoriError(f"{name}: its first line has other columns than {', '.join(COLUMNS)}", HINT)
    try:
        for row in (reader := csv.DictReader(lines, delimiter=delimiter, strict=True)):
            cells = {title.strip().casefold(): value for title, value in row.items() if title is not None}
            if None in row or None in cells.values():
                raise KikoriError(f"{name}, line {reader.line_num}: not {len(COLUMNS)} cells", HINT)
            if any(value.strip() for value in cells.values()):
                yield reader.line_num, cells
    except csv.Error as problem:
        raise KikoriError(f"{name}: not a CSV file: {problem}", HINT) from None


def _titles(lines: list[str], delimiter: str) -> set[str]:
    row = next(csv.reader(lines[:1], delimiter=delimiter), [])
    return {title.strip().casefold() for title in row} if len(row) == len(COLUMNS) else set()


def _checked(row: Mapping[str, str], quizzes: Mapping[str, Quiz]) -> tuple[Quiz, str, Question, str]:
    """What a row says, once each cell is one of those that there can be.

    Raises:
        KikoriError: one is not.
    """
    quiz = quizzes.get(said := row["quiz"].strip())
    if quiz is None:
        raise KikoriError(f"no quiz is called '{visible(said[:60])}'. {nearest(said[:60], [*quizzes])}".strip())
    question = quiz.question(said := row["question"].strip())
    if question is None:
        near = nearest(said[:60], [one.id for one in quiz.questions])
        raise KikoriError(f"{quiz.id} has no question '{visible(said[:60])}'. {near}".strip())
    answer = unicodedata.normalize("NFKC", row["answer"]).strip().casefold()
    if answer and (len(answer) != 1 or answer not in question.letters):
        raise KikoriError(f"'{visible(row['answer'][:20])}' is none of {', '.join(question.letters)}")
    return quiz, _name(row["learner"]), question, answer


def _name(said: str) -> str:
    name = plain_name(said[: 10 * LONGEST_NAME])
    if odd := not_of_a_name(name):
        raise KikoriError(f"a learner's name has no {odd}")
    if not 0 < len(name) <= LONGEST_NAME:
        raise KikoriError(f"a learner's name has 1 to {LONGEST_NAME} letters")
    return name


def _contradictions(sheets: Iterable[AnswerSheet]) -> Iterator[AnswerSheet]:
    """The sheets of one learner and quiz that differ, none of which can be taken for the right one."""
    by_whose: dict[tuple[str, str], list[AnswerSheet]] = {}
    for sheet in sheets:
        by_whose.setdefault(sheet.whose, []).append(sheet)
    for same in by_whose.values():
        if any(sheet.answers != same[0].answers for sheet in same):
            yield from same


def _said_twice(one: AnswerSheet, twice: Iterable[AnswerSheet]) -> str:
    others = ", ".join(sheet.file for sheet in twice if sheet.whose == one.whose and sheet.file != one.file)
    return f"{one.file}: {one.learner} answers {one.quiz.id} otherwise in {others}; take one of them away"
