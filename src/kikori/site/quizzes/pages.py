"""The pages of the quizzes: a list of all, and a form for each."""

from __future__ import annotations

from pathlib import Path

from kikori.content.quizzes import FOLDER
from kikori.model.quiz import Quiz
from kikori.settings import Lang
from kikori.site.content import Content
from kikori.site.render import render


def quiz_pages(content: Content, lang: Lang) -> dict[str, str]:
    """Write every page of the quizzes, by its place; none where there is no quiz.

    Raises:
        OurFault: a question asks for a module that is not there.
    """
    found = {f"quizzes/{quiz.id}.md": _form(quiz, content, lang) for quiz in content.quizzes}
    return {"quizzes/index.md": render("quizzes", lang, quizzes=content.quizzes), **found} if found else {}


def _form(quiz: Quiz, content: Content, lang: Lang) -> str:
    """A quiz as a form; what is right stands in it only where the page may tell."""
    for question in quiz.questions:
        if not question.read:
            content.module(question.objective, Path(FOLDER, f"{quiz.id}.toml"))
    return render("quiz", lang, quiz=quiz, about=quiz.about, modules=content.modules)
