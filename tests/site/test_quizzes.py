"""The pages of the quizzes: what is right stands in those that may tell, and nowhere else."""

from __future__ import annotations

import re
from html import unescape

import pytest

from kikori.model.quiz import Quiz
from kikori.settings import Lang
from kikori.site.content import LANGS, Content, localized
from kikori.site.quizzes.pages import quiz_pages

COMPARED, TOLD = ("pre", "post"), ("ready", "week-1", "week-2")
TAGS = re.compile(r"</?code>")


def page(real: Content, name: str, lang: Lang = "en") -> str:
    return unescape(TAGS.sub("`", quiz_pages(real, lang)[f"quizzes/{name}.md"]))


def quiz(real: Content, name: str) -> Quiz:
    return next(one for one in real.quizzes if one.id == name)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", [*COMPARED, *TOLD])
def test_a_page_asks_every_question_with_its_options(real: Content, name: str, lang: Lang) -> None:
    shown = page(real, name, lang)
    for one in quiz(real, name).questions:
        assert one.ask.lang(lang) in shown
        for letter, text in one.choices(lang).items():
            assert f'name="q-{one.id}" value="{letter}"> <b>{letter.upper()}</b> <span>{text}</span>' in shown


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", COMPARED)
def test_the_compared_tests_hold_no_answer(real: Content, name: str, lang: Lang) -> None:
    shown = page(real, name, lang)
    assert "<template" not in shown
    assert 'data-do="check"' not in shown
    assert not [one.id for one in quiz(real, name).questions if one.why.lang(lang) in shown]
    alike = {
        re.sub(one.id, "", row) for one in quiz(real, name).questions for row in re.findall(r"<input[^>]*>", shown)
    }
    assert not [row for row in alike if "checked" in row or "data-" in row]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", TOLD)
def test_the_others_tell_what_was_right_why_and_what_to_read(real: Content, name: str, lang: Lang) -> None:
    shown = page(real, name, lang)
    for one in quiz(real, name).questions:
        assert f'<template data-right="{one.right}">{one.why.lang(lang)} <span class="kikori-quiz-read">' in shown
    assert shown.count('<a href="../../courses/' if name != "ready" else '<a href="https://') == shown.count(
        "<template"
    )


def test_a_reader_of_japanese_is_sent_to_japanese_pages(real: Content) -> None:
    assert "https://developer.mozilla.org/ja/docs/Web/HTTP/Status" in page(real, "ready", "ja")
    assert "https://developer.mozilla.org/ja/" not in page(real, "ready", "en")


def test_a_site_without_quizzes_has_no_page_of_them(read: object) -> None:
    assert quiz_pages(read(), "en") == {}  # type: ignore[operator]


@pytest.mark.parametrize("lang", LANGS)
def test_what_one_must_know_before_leads_to_the_self_test(real: Content, lang: Lang) -> None:
    text = (real.docs / localized("before.md", lang)).read_text(encoding="utf-8")
    assert "(quizzes/ready.md)" in text
    assert text.count("\n## ") == len(quiz(real, "ready").objectives) + 1
