"""Quizzes: what keeps the answers from being guessed, and the tests before and after comparable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kikori.bilingual import LANGUAGES
from kikori.content.courses import read_courses
from kikori.content.quizzes import quiz_files, read_quiz
from kikori.content.strict_reader import nearest
from kikori.errors import KikoriError
from kikori.lint.finding import Location, spot_of
from kikori.lint.rule import rule, translation
from kikori.lint.subjects.content import Content
from kikori.model.quiz import TOPICS, Question, Quiz, QuizKind
from kikori.settings import Lang

COMPARED = 20
"""Questions of a test that is compared; half of them show an output."""
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
def quiz_ids_unique(content: Content) -> Iterator[Location]:
    """The questions of a quiz have ids of their own: an answer names its question by it."""
    for file, quiz in _quizzes(content):
        for name, count in Counter(one.id for one in quiz.questions).items():
            if count > 1:
                yield Location(file, None, f"{count} questions are called {name}", "give each an id of its own")


@rule
def quiz_options_differ(content: Content) -> Iterator[Location]:
    """The options of a question differ, in each language."""
    for file, one in _questions(content):
        if any(len({*one.choices(lang).values()}) < len(one.options) for lang in LANGUAGES):
            yield Location(file, None, f"{one.id}: two options say the same", "write another one")


@rule
def quiz_objective_known(content: Content) -> Iterator[Location]:
    """A question asks for a module that exists; in a self-test for one of the topics of docs/before.md."""
    modules = _modules(content)
    for file, quiz in _quizzes(content):
        known = TOPICS if quiz.about.kind is QuizKind.READY else modules
        for one in quiz.questions:
            if one.objective not in known:
                near = nearest(one.objective, [*known]) or f"known: {', '.join(known)}"
                yield Location(file, None, f"{one.id}: no objective is called {one.objective}", near)


@rule
def quiz_self_test_sends(content: Content) -> Iterator[Location]:
    """A question of a self-test says what to read after a wrong answer; of others it is the module's first page."""
    for file, quiz in _quizzes(content):
        for one in quiz.questions if quiz.about.kind is QuizKind.READY else ():
            if not one.read:
                yield Location(file, None, f"{one.id}: sends nowhere", "write read with a title and a url")


@rule
def quiz_right_scattered(content: Content) -> Iterator[Location]:
    """The right option is at one place in half of a quiz's questions at most."""
    for file, quiz in _quizzes(content):
        letter, count = Counter(one.right for one in quiz.questions).most_common(1)[0]
        if count > _half(quiz):
            yield Location(file, None, f"{letter} is right in {count} questions", f"in {_half(quiz)} at most")


@rule
def quiz_right_not_longest(content: Content) -> Iterator[Location]:
    """The right option is the longest one in half of a quiz's questions at most, in each language."""
    for file, quiz, lang in ((file, quiz, lang) for file, quiz in _quizzes(content) for lang in LANGUAGES):
        longest = sum(_is_longest(one, lang) for one in quiz.questions)
        if longest > _half(quiz):
            message = f"the right option is the longest in {longest} questions ({lang})"
            yield Location(file, None, message, "shorten it, or say more in a wrong one")


@rule
def quiz_compared_whole(content: Content) -> Iterator[Location]:
    """The tests before and after have 20 questions each, and ten or more of them show an output that must be read."""
    for file, quiz in _quizzes(content):
        shown = sum(bool(one.output) for one in quiz.questions)
        if not quiz.about.kind.tells and (len(quiz.questions) != COMPARED or 2 * shown < COMPARED):
            counted = f"{len(quiz.questions)} questions, {shown} with an output"
            yield Location(file, None, counted, f"write {COMPARED}, and {COMPARED // 2} of them with an output")


@rule
def quiz_pair_of_one_aim(content: Content) -> Iterator[Location]:
    """The test after asks for the objectives of the test before, one by one."""
    for before, file, after in _pairs(content):
        if differing := sorted((before.objectives - after.objectives) + (after.objectives - before.objectives)):
            yield Location(file, None, f"other objectives than {before.id}: {', '.join(differing)}", "ask for the same")


@rule
def quiz_pair_of_other_questions(content: Content) -> Iterator[Location]:
    """No question of the test before is in the test after: who remembers the one would know the other."""
    for before, file, after in _pairs(content):
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


def _questions(content: Content) -> Iterator[tuple[Path, Question]]:
    return ((file, one) for file, quiz in _quizzes(content) for one in quiz.questions)


def _pairs(content: Content) -> Iterator[tuple[Quiz, Path, Quiz]]:
    """Each test before with the test after it, and the file of this."""
    before = [quiz for _, quiz in _quizzes(content) if quiz.about.kind is QuizKind.PRE]
    after = [(file, quiz) for file, quiz in _quizzes(content) if quiz.about.kind is QuizKind.POST]
    return ((one, *other) for one, other in zip(before, after, strict=False))


def _half(quiz: Quiz) -> int:
    return max(2, len(quiz.questions) // 2)


def _modules(content: Content) -> set[str]:
    try:
        courses = [course for root in content.roots for course in read_courses(root / "courses")]
    except KikoriError:
        return set()
    return {f"{module.course}/{module.id}" for course in courses for module in course.modules}


def _is_longest(question: Question, lang: Lang) -> bool:
    choices = question.choices(lang)
    return all(len(choices[question.right]) > len(text) for letter, text in choices.items() if letter != question.right)


def _asked(question: Question) -> tuple[str, str]:
    return question.ask.en, question.output
