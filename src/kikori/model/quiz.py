"""A quiz as its author wrote it: questions with one right option each, in both languages."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from kikori.model.lab import Name, Text
from kikori.model.record import Record
from kikori.settings import Lang

LETTERS = "abcde"
"""The options of a question in their order, as an answer names them."""
Code = Annotated[str, Meta(pattern=r"^`[^`\n]+`$")]
"""An option that is the same in every language."""
Url = Annotated[str, Meta(pattern=r"^https://[^\s\"'<>]+$")]
TOPICS = ("shell", "http", "python", "sql")
"""What one must know before the first course."""


class QuizKind(StrEnum):
    """What a quiz is for."""

    READY = "ready"
    """A self-test before the courses: it sends to what should be read first."""
    PRE = "pre"
    POST = "post"
    WEEKLY = "weekly"

    @property
    def tells(self) -> bool:
        """Whether the page says what was right: not where points before and after are compared."""
        return self in (QuizKind.READY, QuizKind.WEEKLY)


class ReadFirst(Record, kw_only=True):
    """A page elsewhere, to read after a wrong answer."""

    title: Text
    url: Url
    url_ja: Url = ""
    """The same page in Japanese, where there is one."""

    def address(self, lang: Lang) -> str:
        """Give the page's address in a language."""
        return (self.url_ja if lang == "ja" else "") or self.url


class Question(Record, kw_only=True):
    """One question, and its one right option."""

    id: Name
    objective: str
    """The ``course/module`` whose understanding it asks for; in a self-test one of shell, http, python, sql."""
    ask: Text
    output: str = ""
    """What a command printed, to be read for the answer."""
    options: Annotated[tuple[Text | Code, ...], Meta(min_length=3, max_length=5)]
    right: Annotated[str, Meta(pattern=rf"^[{LETTERS}]$")]
    """The letter of the right option."""
    why: Text
    """Why it is right, in a sentence."""
    read: ReadFirst | None = None
    """What to read after a wrong answer, where that is not the module of the objective."""

    def __post_init__(self) -> None:
        if self.right not in self.letters:
            raise ValueError(f"{self.id}: right is {self.right}, and the options end at {self.letters[-1]}")

    @property
    def letters(self) -> str:
        """The letters of its options."""
        return LETTERS[: len(self.options)]

    def choices(self, lang: Lang) -> dict[str, str]:
        """Give each option's text in a language by its letter."""
        said = (option if isinstance(option, str) else option.lang(lang) for option in self.options)
        return dict(zip(self.letters, said, strict=True))


class QuizToml(Record):
    """courses/quizzes/NAME.toml, key by key."""

    kind: QuizKind
    order: int
    """Quizzes are listed by this number."""
    title: Text
    intro: Text
    """What it is for and how long it takes, in a sentence or two."""
    questions: Annotated[tuple[Question, ...], Meta(min_length=1, max_length=100)]


class Quiz(Record):
    """A quiz by its name, which is that of its file."""

    id: Name
    about: QuizToml

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions in their order."""
        return self.about.questions

    def question(self, name: str) -> Question | None:
        """Find a question by its id."""
        return next((one for one in self.questions if one.id == name), None)

    @property
    def objectives(self) -> Counter[str]:
        """Count the questions of each objective, in the order of the questions."""
        return Counter(one.objective for one in self.questions)

    @property
    def by_chance(self) -> float:
        """Give the points of somebody who guesses each answer."""
        return sum(1 / len(one.options) for one in self.questions)
