"""courses/quizzes/*.toml: the tests of a class, read strictly."""

from __future__ import annotations

from pathlib import Path

from kikori.content.strict_reader import nearest, read_toml
from kikori.errors import KikoriError, OurFault
from kikori.model.quiz import Quiz, QuizToml

FOLDER = "courses/quizzes"


def quiz_files(root: Path) -> list[Path]:
    """List the quizzes of a content root by name."""
    return sorted((root / FOLDER).glob("[!_.]*.toml"))


def read_quiz(file: Path) -> Quiz:
    """Read one quiz.

    Raises:
        OurFault: the file breaks the format.
    """
    return Quiz(id=file.stem, about=read_toml(file, QuizToml))


def read_quizzes(roots: list[Path]) -> tuple[Quiz, ...]:
    """Read the quizzes of all content roots, in their order.

    Raises:
        OurFault: a file breaks the format, or two quizzes have one name.
    """
    found: dict[str, Path] = {}
    for file in (file for root in roots for file in quiz_files(root)):
        if file.stem in found:
            raise OurFault(f"Two quizzes are called '{file.stem}': {found[file.stem]} and {file}")
        found[file.stem] = file
    return tuple(sorted(map(read_quiz, found.values()), key=lambda quiz: (quiz.about.order, quiz.id)))


def quiz_of(name: str, quizzes: tuple[Quiz, ...]) -> Quiz:
    """Find a quiz by its name.

    Raises:
        KikoriError: there is none; says the nearest one.
    """
    for quiz in quizzes:
        if quiz.id == name:
            return quiz
    known = [quiz.id for quiz in quizzes]
    raise KikoriError(f"There is no quiz called '{name}'.", nearest(name, known) or f"known: {', '.join(known)}")
