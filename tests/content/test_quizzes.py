"""Quizzes are read as strictly as labs, and those of the repository ask for every course."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.content.quizzes import FOLDER, quiz_of, read_quiz
from kikori.errors import KikoriError, OurFault
from kikori.model.quiz import QuizKind

QUIZZES = Catalog([paths.ROOT]).quizzes()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A quiz to spoil, in a content root of its own."""
    (tmp_path / FOLDER).mkdir(parents=True)
    return Path(shutil.copy(paths.ROOT / FOLDER / "week-1.toml", tmp_path / FOLDER))


def spoil(file: Path, right: str, wrong: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")


def test_the_kinds_and_sizes_that_a_class_needs_are_there() -> None:
    assert [(quiz.about.kind, len(quiz.questions)) for quiz in QUIZZES] == [
        (QuizKind.READY, 16),
        (QuizKind.PRE, 20),
        (QuizKind.POST, 20),
        (QuizKind.WEEKLY, 10),
        (QuizKind.WEEKLY, 10),
    ]


@pytest.mark.parametrize("name", ["pre", "post"])
def test_the_compared_tests_ask_for_every_course(name: str) -> None:
    asked = {one.objective.partition("/")[0] for one in quiz_of(name, QUIZZES).questions}
    assert asked == {course.id for course in Catalog([paths.ROOT]).courses()}


def test_the_self_test_has_four_questions_on_each_topic() -> None:
    assert set(quiz_of("ready", QUIZZES).objectives.values()) == {4}
    assert list(quiz_of("ready", QUIZZES).objectives) == ["shell", "http", "python", "sql"]


@pytest.mark.parametrize("quiz", QUIZZES, ids=lambda quiz: quiz.id)
def test_choices_are_named_by_letters_in_both_languages(quiz: object) -> None:
    for one in quiz.questions:  # type: ignore[attr-defined]
        assert "".join(one.choices("en")) == "".join(one.choices("ja")) == one.letters
        assert one.right in one.letters


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('right = "c"', 'right = "e"', "first-line-502: right is e, and the options end at d"),
        ('right = "c"', 'right = "third"', "right"),
        ('kind = "weekly"', 'kind = "monthly"', "monthly"),
        ("[[questions]]", '[[questions]]\nanswer = "c"', "answer"),
        ('"`/tiny/bin/bash`"', '"/tiny/bin/bash"', "regex"),
    ],
)
def test_what_breaks_the_format_is_told_with_its_file(file: Path, right: str, wrong: str, said: str) -> None:
    spoil(file, right, wrong)
    with pytest.raises(OurFault, match=said) as caught:
        read_quiz(file)
    assert caught.value.message.startswith(str(file))


def test_two_quizzes_of_one_name_are_refused(file: Path) -> None:
    with pytest.raises(OurFault, match="Two quizzes are called 'week-1'"):
        Catalog([paths.ROOT, file.parent.parent.parent]).quizzes()


def test_a_folder_of_ones_own_may_hold_a_quiz(file: Path) -> None:
    file.rename(file.with_name("week-3.toml"))
    assert "week-3" in [quiz.id for quiz in Catalog([paths.ROOT, file.parent.parent.parent]).quizzes()]


def test_a_quiz_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(KikoriError, match="no quiz called 'week1'") as caught:
        quiz_of("week1", QUIZZES)
    assert caught.value.hint == "Did you mean 'week-1'?"
