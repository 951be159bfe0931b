"""The key of a quiz, for an instructor who marks paper or talks about the answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kikori.bilingual import texts
from kikori.model.quiz import Question, Quiz
from kikori.settings import Lang

WORDS = Path(__file__).with_name("words.toml")


def key_of(quiz: Quiz, lang: Lang) -> str:
    """Write the key in Markdown: the letters on one line, then each question with its reason."""
    said = texts(WORDS, lang)
    letters = " ".join(f"{number}{one.right.upper()}" for number, one in enumerate(quiz.questions, 1))
    parts = [f"# {said['key']}: {quiz.about.title.lang(lang)}", said["keep"], f"**{letters}**"]
    for number, one in enumerate(quiz.questions, 1):
        parts += _question(number, one, lang)
    return "\n\n".join(parts)


def _question(number: int, one: Question, lang: Lang) -> Iterator[str]:
    yield f"## {number} `{one.id}`"
    yield f"{one.ask.lang(lang)} ({one.objective})"
    if one.output:
        yield "\n".join(["```text", one.output.strip("\n"), "```"])
    yield f"**{one.right.upper()}**: {one.choices(lang)[one.right]}"
    yield one.why.lang(lang)
