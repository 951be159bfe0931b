"""Quizzes: what keeps the answers from being guessed, and the tests before and after comparable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kikori.content.courses import read_courses
from kikori.content.quizzes import quiz_files, read_quiz
from kikori.errors import KikoriError
from kikori.lint.finding import Location, spot_of
from kikori.lint.rule import rule, translation
from kikori.lint.subjects.content import Content
from kikori.model.quiz import TOPICS, Question, Quiz, QuizKind

COMPARED = 20
"""Questions of a test that is compared; half of them show an output."""
AT_ONE_PLACE, LONGEST = 0.5, 0.5
"""The share of questions that may have the right option at one place, or as the longest one."""
Read = tuple[Path, Quiz]


@rule
def quiz_well_formed(content: Content) -> Iterator[Location]:
    """Each courses/quizzes/NAME.toml reads: kind, title, questions with three to five options, one of them right."""
    for root in content.roots:
        for file in quiz_files(root):
            try:
                read_quiz(file)
            except KikoriError as problem:
                yield spot_of(problem, file, problem.hint or "write it as the quizzes beside it")


@rule
def quiz_question_told_apart(content: Content) -> Iterator[Location]:
    """The questions of a quiz have ids of their own, and the options of a question differ."""
    for file, quiz in _quizzes(content):
        for name, count in Counter(one.id for one in quiz.questions).items():
            if count > 1:
                yield Location(file, None, f"{count} questions are called {name}", "give each an id of its own")
        for one in quiz.questions:
            if any(len({*one.choices(lang).values()}) < len(one.options) for lang in ("en", "ja")):
                yield Location(file, None, f"{one.id}: two options say the same", "write another one")


@rule
def quiz_objective_known(content: Content) -> Iterator[Location]:
    """A question asks for a module that exists; in a self-test for a topic, and it says what to read after an error."""
    known = _modules(content)
    for file, quiz in _quizzes(content):
        ready = quiz.about.kind is QuizKind.READY
        for one in quiz.questions:
            if one.objective not in (TOPICS if ready else known):
                wanted = f"one of {', '.join(TOPICS)}" if ready else "the course/module that it is about"
                yield Location(file, None, f"{one.id}: no objective is called {one.objective}", f"name {wanted}")
            if ready and not one.read:
                yield Location(file, None, f"{one.id}: sends nowhere", "write read with a title and a url")


@rule
def quiz_right_not_given_away(content: Content) -> Iterator[Location]:
    """The right option is neither at one place nor the longest one in more than half of a quiz's questions."""
    for file, quiz in _quizzes(content):
        most = max(2, int(AT_ONE_PLACE * len(quiz.questions)))
        letter, count = Counter(one.right for one in quiz.questions).most_common(1)[0]
        if count > most:
            yield Location(file, None, f"{letter} is right in {count} questions", f"in {most} at most")
        for lang in ("en", "ja"):
            longest = sum(_is_longest(one, lang) for one in quiz.questions)
            if longest > max(2, int(LONGEST * len(quiz.questions))):
                message = f"the right option is the longest in {longest} questions ({lang})"
                yield Location(file, None, message, "shorten it, or say more in a wrong one")


@rule
def quiz_pair_compared(content: Content) -> Iterator[Location]:
    """The tests before and after have 20 questions each, ten or more with an output, and the same objectives.

    No question of one is in the other: who remembers the first test would know the second.
    """
    pairs = {
        kind: [(file, quiz) for file, quiz in _quizzes(content) if quiz.about.kind is kind]
        for kind in (QuizKind.PRE, QuizKind.POST)
    }
    for file, quiz in (*pairs[QuizKind.PRE], *pairs[QuizKind.POST]):
        shown = sum(bool(one.output) for one in quiz.questions)
        if len(quiz.questions) != COMPARED or 2 * shown < COMPARED:
            counted = f"{len(quiz.questions)} questions, {shown} with an output"
            yield Location(file, None, counted, f"write {COMPARED}, and {COMPARED // 2} of them with an output")
    for (_, before), (file, after) in zip(pairs[QuizKind.PRE], pairs[QuizKind.POST], strict=False):
        if before.objectives != after.objectives:
            differing = sorted({*(before.objectives - after.objectives), *(after.objectives - before.objectives)})
            yield Location(file, None, f"other objectives than {before.id}: {', '.join(differing)}", "ask for the same")
        if same := {_asked(one) for one in before.questions} & {_asked(one) for one in after.questions}:
            yield Location(file, None, f"{len(same)} questions of {before.id} again", "write others")


@translation
def quiz_in_both_languages(content: Content) -> Iterator[Location]:
    """Every text of a quiz is there in Japanese, too."""
    for file, quiz in _quizzes(content):
        said = [quiz.about.title, quiz.about.intro]
        for one in quiz.questions:
            said += [one.ask, one.why, *(option for option in one.options if not isinstance(option, str))]
            said += [one.read.title] if one.read else []
        for text in said:
            if not text.ja:
                yield Location(file, None, f"not in Japanese: {text.en[:60]}", "write it as ja")


def _quizzes(content: Content) -> Iterator[Read]:
    """Every quiz that can be read; of the others the first rule tells."""
    for root in content.roots:
        for file in quiz_files(root):
            try:
                yield file, read_quiz(file)
            except KikoriError:
                continue


def _modules(content: Content) -> set[str]:
    try:
        courses = [course for root in content.roots for course in read_courses(root / "courses")]
    except KikoriError:
        return set()
    return {f"{module.course}/{module.id}" for course in courses for module in course.modules}


def _is_longest(question: Question, lang: str) -> bool:
    choices = question.choices("ja" if lang == "ja" else "en")
    return all(len(choices[question.right]) > len(text) for letter, text in choices.items() if letter != question.right)


def _asked(question: Question) -> tuple[str, str]:
    return question.ask.en, question.output
